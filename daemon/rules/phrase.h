/* The one piece of regex that phrases are joined with. */
#ifndef OVERSTEP_RULES_PHRASE_H
#define OVERSTEP_RULES_PHRASE_H

/* White space inside a paragraph: one line end at most. Possessive, so that it cannot blow up. */
#define PHRASE_GAP "(?:[ \\t\\r]++\\n?+|\\n)[ \\t\\r]*+"

#endif
