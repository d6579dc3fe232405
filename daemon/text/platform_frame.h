/* What a platform prints around its users' words: "Reply", "View message", its own address. */
#ifndef OVERSTEP_TEXT_PLATFORM_FRAME_H
#define OVERSTEP_TEXT_PLATFORM_FRAME_H

#include "lines.h"

enum frame_result {
	FRAME_UNKNOWN,   /* the form is not known: nobody's words are read in it */
	FRAME_ELSEWHERE, /* it tells of a message whose words are on the platform alone */
	FRAME_READ,
};

/* Tags the words of `speaker` as new, those of other users as forwarded and all else as automatic;
   when the form is not known, all of it. Lines must be prepared. */
enum frame_result platform_frame_tag(struct lines *l, struct str platform, struct str speaker);

#endif
