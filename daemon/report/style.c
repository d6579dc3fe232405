/* The style sheet of the page, and the policy that admits nothing but it. */
#include "html.h"

#include "base/base64.h"

/* Colours are chosen by lightness first, so that they also differ for the colour-blind and on a
   grey printer; no meaning is carried by a colour alone. */
static const char *const sheet[] = {
	/* palette */
	":root{color-scheme:light dark;--page:#faf9f6;--card:#fff;--ink:#1c2128;--soft:#59616d;",
	"--line:#dfdcd4;--track:#eceae4;--link:#1f4f82;--hours:#b3541e;",
	"--calm:#35746e;--watch:#84620a;--strained:#b8500f;--decide:#8a1c50;",
	"--h1:#d8e3ee;--h2:#aac5df;--h3:#719fc9;--h4:#3b76ad;--h5:#174a7c;--hi:#fff;",
	"--m1:#f4efd2;--m2:#fbe6a2;--m3:#ffd0a3;--m4:#f6bcd0;--w2:#f3c77a}",
	"@media(prefers-color-scheme:dark){:root{--page:#15181c;--card:#1c2026;--ink:#e4e6e9;",
	"--soft:#9ba4b0;--line:#333a43;--track:#2a3038;--link:#8fbdec;--hours:#f0a269;",
	"--calm:#7dbab4;--watch:#dcb345;--strained:#f08b4b;--decide:#f07fae;",
	"--h1:#22364a;--h2:#2b4f74;--h3:#33689a;--h4:#6ba6da;--h5:#b5d8f7;--hi:#0e1720;",
	"--m1:#3a3723;--m2:#4c4115;--m3:#5b3a1c;--m4:#5c2440;--w2:#6b5416}}",
	/* text */
	"*{box-sizing:border-box}html{-webkit-text-size-adjust:100%}",
	"body{margin:0;background:var(--page);color:var(--ink);",
	"font:1rem/1.55 system-ui,-apple-system,'Segoe UI',Roboto,'DejaVu Sans',sans-serif}",
	"header,main,footer{max-width:66rem;margin:0 auto;padding:0 1.5rem}",
	"h1,h2,h3,.number,blockquote{font-family:'Iowan Old Style','Palatino Linotype',Palatino,",
	"'Source Serif 4',Charter,Georgia,'DejaVu Serif',serif}",
	"h1{font-size:2.3rem;line-height:1.15;font-weight:600;letter-spacing:-.01em;",
	"margin:.3rem 0}",
	"h2{font-size:1.75rem;line-height:1.2;font-weight:600;margin:0 0 .8rem}",
	"h3{font-size:1.2rem;font-weight:600;margin:2.6rem 0 .3rem}",
	"h4{font-size:.95rem;font-weight:600;margin:1.2rem 0 .3rem}h4.month{margin:1.8rem 0 .6rem;",
	"color:var(--soft)}.statement{font:1.16rem/1.45 'Iowan Old Style','Palatino Linotype',",
	"Palatino,'Source Serif 4',Charter,Georgia,'DejaVu Serif',serif;margin:.6rem 0 .9rem}",
	"p{margin:.4rem 0;max-width:44rem}a{color:var(--link);text-underline-offset:.15em}",
	".soft,caption,.why{color:var(--soft)}small,.small{font-size:.86rem}",
	"code,.mono{",
	"font-family:ui-monospace,'SF Mono',Menlo,Consolas,'DejaVu Sans Mono',monospace;",
	"font-size:.86em}",
	".sum,bdi{overflow-wrap:anywhere}.brand{letter-spacing:.14em;font-size:.8rem;",
	"text-transform:uppercase;color:var(--soft);margin:0}",
	"header{padding-top:3rem}.lede{font-size:1.06rem;color:var(--soft)}",
	"section{margin:3rem 0}section.client{border-top:3px solid var(--ink);padding-top:1.4rem;",
	"margin-top:4.5rem}footer{padding-bottom:4rem}footer section{",
	"border-top:1px solid var(--line);",
	"padding-top:.4rem;margin:2rem 0 0}footer h2{font-size:1.2rem;margin:1rem 0 .3rem}",
	/* tables */
	".clients tbody th{min-width:10rem}.clients td:nth-child(2),.shares td:nth-child(3){",
	"width:13rem}",
	"table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}",
	"caption{text-align:left;padding:0 0 .5rem;max-width:44rem}",
	"th,td{text-align:left;vertical-align:top;padding:.5rem .9rem .5rem 0;",
	"border-bottom:1px solid var(--line)}th:last-child,td:last-child{padding-right:0}",
	"thead th{font-size:.8rem;font-weight:600;color:var(--soft);vertical-align:bottom;",
	"border-bottom:1px solid var(--ink)}tbody th{font-weight:600}",
	".right{text-align:right}.nowrap{white-space:nowrap}",
	"table.zero td.mono{font-size:.8rem}table.zero td{color:var(--soft);font-size:.86rem;",
	"padding:.22rem .9rem .22rem 0}.wide{overflow-x:auto}",
	"details{margin:.6rem 0}summary{cursor:pointer;color:var(--link);font-size:.86rem}",
	"details table{font-size:.8rem;margin-top:.5rem}",
	"details th,details td{padding:.2rem .5rem .2rem 0}",
	/* what only a server has: places, a form */
	".places{border-bottom:1px solid var(--line);background:var(--card)}.places ul{",
	"max-width:66rem;margin:0 auto;padding:.7rem 1.5rem;display:flex;flex-wrap:wrap;",
	"gap:.2rem 1.6rem;list-style:none}.places a[aria-current]{font-weight:600;color:inherit;",
	"text-decoration:none}form.search{display:flex;flex-wrap:wrap;gap:.8rem 1.2rem;",
	"align-items:end;margin:2rem 0 0;padding:1rem 1.2rem;background:var(--card);",
	"border:1px solid var(--line);border-radius:.5rem}form.search p{margin:0;max-width:100%}",
	"form.search .widest{flex:1 1 100%}form.search label{display:block;font-size:.8rem;",
	"color:var(--soft)}input,select,button{font:inherit;color:inherit;background:var(--page);",
	"border:1px solid var(--soft);border-radius:.3rem;padding:0 .6rem;height:2.4rem;",
	"max-width:100%}",
	"input[type=search]{width:100%}button{background:var(--ink);color:var(--page);",
	"border-color:var(--ink);cursor:pointer}:focus-visible{outline:2px solid var(--link);",
	"outline-offset:2px}.trouble{font-weight:600;color:var(--strained)}.turns{display:flex;",
	"gap:1.4rem}.found td{overflow-wrap:anywhere}.whole{white-space:pre-wrap;",
	"overflow-wrap:anywhere;background:var(--card);border:1px solid var(--line);",
	"border-radius:.5rem;padding:1rem 1.2rem;font-size:1rem}.whole .set-back{",
	"color:var(--soft)}.record td{overflow-wrap:anywhere}",
	/* figures */
	".band{white-space:nowrap;font-weight:600}.calm{color:var(--calm)}.watch{",
	"color:var(--watch)}",
	".strained{color:var(--strained)}.decide{color:var(--decide)}",
	".figure{display:grid;grid-template-columns:minmax(11rem,1fr) 2fr;gap:1rem 3rem;",
	"align-items:end}.number{font-size:4.6rem;line-height:1;font-weight:600;margin:0;",
	"font-variant-numeric:lining-nums tabular-nums}.of{white-space:nowrap;",
	"font:1rem system-ui,sans-serif}",
	"dl.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(7.2rem,1fr));",
	"gap:.8rem 1.2rem;margin:1.6rem 0 0;padding:1rem 0;border:solid var(--line);",
	"border-width:1px 0}dt{font-size:.8rem;color:var(--soft)}",
	"dd{margin:0;font-variant-numeric:tabular-nums}",
	/* charts */
	"svg{display:block;max-width:100%}svg.bar{width:100%;min-width:4rem;height:.55rem;",
	"margin-top:.35rem}td.bar{vertical-align:middle}td.bar svg{margin:0}svg.level{",
	"display:inline-block;width:1.3rem;height:.8rem;",
	"margin-right:.35rem}svg text{font:10px system-ui,'DejaVu Sans',sans-serif;",
	"fill:var(--soft)}.track{fill:var(--track)}.tick{fill:var(--page)}",
	".f-messages{fill:var(--h3)}.f-findings{fill:var(--strained)}",
	".f-calm{fill:var(--calm)}.f-watch{fill:var(--watch)}.f-strained{fill:var(--strained)}",
	".f-decide{fill:var(--decide)}.on{fill:currentColor}.off{fill:var(--line)}",
	".course{fill:none;stroke:var(--ink);stroke-width:2;stroke-linejoin:round;",
	"stroke-linecap:round}.grid{stroke:var(--line);stroke-width:1}.dot{fill:var(--ink)}",
	".h0{fill:var(--track)}.h1{fill:var(--h1)}.h2{fill:var(--h2)}.h3{fill:var(--h3)}",
	".h4{fill:var(--h4)}.h5{fill:var(--h5)}svg text.n{font-size:11px;fill:var(--ink);",
	"text-anchor:middle}svg text.d{fill:var(--hi)}svg text.end{text-anchor:end}",
	"svg text.mid{text-anchor:middle}.outline{fill:none;stroke:var(--hours);stroke-width:2;",
	"stroke-linecap:square}",
	".wide svg.heat{min-width:34rem;width:100%;max-width:46rem}",
	".wide svg.weeks{min-width:40rem;width:100%;max-width:56rem}",
	".pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,27rem),1fr));",
	"gap:0 1.6rem}.pair>div{min-width:0}.pair svg.heat{min-width:27rem}.pair svg text,",
	".pair svg text.n{font-size:16px}.facts+.wide{margin-top:1.4rem}",
	".causes td:nth-child(5){width:9rem}.causes td:nth-child(3){min-width:12rem}",
	"svg.spark{width:7.5rem;height:1.5rem}",
	".cause{stroke:var(--page);stroke-width:1.5}.c1,.c2{fill:var(--watch)}",
	".c3{fill:var(--strained)}.c4{fill:var(--decide)}",
	".none0{fill:none;stroke:var(--line)}.w0{fill:var(--h1)}.w1{fill:var(--m2)}",
	".w2{fill:var(--w2)}.w3{fill:var(--strained)}.w4{fill:var(--decide)}",
	".credit{fill:var(--calm)}",
	"table.months{width:auto;min-width:100%;border-collapse:separate;border-spacing:2px}",
	"table.months td,.mid{text-align:center}table.months th,table.months td{border:0;",
	"padding:.3rem .45rem;vertical-align:bottom}table.months th:first-child{padding-left:0;",
	"white-space:nowrap;position:sticky;left:0;background:var(--page)}",
	"table.months td.right{text-align:right;font-weight:600}",
	"table.months thead th{border-bottom:1px solid var(--ink)}",
	".t0{color:var(--soft)}.t1{background:var(--h1)}.t2{background:var(--h2)}",
	".t3{background:var(--h3)}.t4{background:var(--h4);color:var(--hi)}",
	".t5{background:var(--h5);color:var(--hi)}",
	"dl.pareto{display:grid;grid-template-columns:max-content 1fr;gap:.35rem .9rem;",
	"margin:.4rem 0;max-width:44rem;align-items:center}svg.stack{width:100%;height:1.3rem}",
	"svg .few{fill:var(--strained)}svg .many{fill:var(--h2)}",
	".key span{display:inline-block;width:.8rem;height:.8rem;margin:0 .15rem 0 .6rem;",
	"vertical-align:-.08em;border-radius:.15rem}.key span:first-child{margin-left:0}",
	"span.few{background:var(--strained)}span.many{background:var(--h2)}",
	"ul.credits,ul.changes{margin:.6rem 0;padding-left:1.2rem}ul.credits blockquote{",
	"margin:.3rem 0 .8rem}",
	/* incidents */
	"ol.incidents{list-style:none;margin:1rem 0 0;padding:0 0 0 1.3rem;",
	"border-left:2px solid var(--line)}ol.incidents>li{position:relative;margin:0 0 1.6rem;",
	"background:var(--card);border:1px solid var(--line);border-radius:.5rem;",
	"padding:.9rem 1.2rem}ol.incidents>li::before{content:'';position:absolute;left:-1.76rem;",
	"top:1.25rem;width:.8rem;height:.8rem;border-radius:50%;background:var(--page);",
	"border:3px solid var(--soft)}li.worst3::before{border-color:var(--strained)!important}",
	"li.worst4::before{border-color:var(--decide)!important;",
	"background:var(--decide)!important}",
	".when{display:flex;flex-wrap:wrap;gap:0 1rem;align-items:baseline;margin:0;",
	"max-width:none}.when time{font-weight:600;font-variant-numeric:tabular-nums}",
	"blockquote{margin:.7rem 0;padding:0 0 0 .9rem;border-left:3px solid var(--line);",
	"font-size:1.12rem;line-height:1.5;overflow-wrap:anywhere}",
	"mark{color:inherit;padding:.08em .12em;border-radius:.15em;",
	"text-decoration-line:underline;",
	"text-underline-offset:.22em;text-decoration-thickness:1px}",
	".s1{background:var(--m1);text-decoration-style:dotted}",
	".s2{background:var(--m2);text-decoration-style:dashed}.s3{background:var(--m3)}",
	".s4{background:var(--m4);text-decoration-thickness:3px!important}",
	"ul.matched{list-style:none;margin:.5rem 0;padding:0}ul.matched li{padding:.15rem 0}",
	".severity{white-space:nowrap;font-weight:600}.v1,.v2{color:var(--soft)}",
	".v3{color:var(--strained)}.v4{color:var(--decide)}",
	".state{font-weight:600}.ok{color:var(--calm)}.bad{color:var(--decide)}",
	".left-out{font-weight:600}",
	".proof{font-size:.8rem;color:var(--soft);margin:.6rem 0 0;max-width:none}",
	/* the timeline: filled what I sent, square what is no mail */
	"ol.timeline>li{margin-bottom:.9rem;padding:.7rem 1.1rem}ol.timeline>li::before{top:1rem}",
	"ol.timeline blockquote{font-size:1rem;margin:.4rem 0}ol.timeline .proof{margin-top:.4rem}",
	"ol.timeline .sum{font-size:.68rem}li.sent{margin-left:2rem!important}",
	"li.sent::before{background:var(--soft)!important;left:-3.76rem!important}",
	"li.supplied::before{border-radius:0!important}",
	".agreement{font-weight:600;border:1px solid var(--ink);border-radius:.25rem;",
	"padding:0 .45rem}",
	/* telephones */
	"@media(max-width:44rem){header,main,footer{padding:0 1rem}header{padding-top:1.6rem}",
	"h1{font-size:1.75rem}h2{font-size:1.45rem}.figure{grid-template-columns:1fr;gap:1rem}",
	"table.cards thead{position:absolute;width:1px;height:1px;overflow:hidden;",
	"clip-path:inset(50%)}table.cards tr{display:block;padding:.7rem 0;",
	"border-bottom:1px solid var(--line)}table.cards th,",
	"table.cards tbody td{display:grid;width:auto;grid-template-columns:8.5rem 1fr;column-gap:.6rem;",
	"border:0;padding:.1rem 0;text-align:left}",
	"table.cards td::before{content:attr(data-label);color:var(--soft);font-size:.86rem}",
	"table.cards th{display:block;font-size:1.06rem}",
	".clients.cards td:nth-child(n){width:auto}",
	"table.cards,table.cards caption,table.cards tbody{display:block}",
	"table.causes tr{display:grid;grid-template-columns:auto 1fr auto;gap:.1rem 1rem}",
	"table.causes tbody td{display:block}table.causes td::before{display:none}",
	"table.causes td:nth-child(3){grid-row:2;grid-column:1/-1}",
	"table.causes td:nth-child(4){grid-row:3;grid-column:1/-1;color:var(--soft)}",
	"table.causes td:nth-child(5){grid-row:1;grid-column:3}table.causes tr th{",
	"grid-column:1/3}",
	"table.causes tr.total td{grid-column:3}",
	/* the chart is as large as elsewhere, and shows its newest end first */
	"table.months th:first-child{white-space:normal}.newest{direction:rtl}",
	".newest table{direction:ltr}.newest svg{direction:ltr;min-width:34rem}",
	"ol.incidents{padding-left:.9rem}ol.incidents>li{padding:.7rem .8rem}",
	"ol.incidents>li::before{left:-1.36rem}li.sent{margin-left:.8rem!important}",
	"li.sent::before{left:-2.16rem!important}}",
	/* paper */
	"@page{margin:16mm 15mm}@media print{:root{color-scheme:light;--page:#fff;--card:#fff;",
	"--ink:#000;--soft:#444;--line:#bbb;--track:#eee;--link:#000;--hours:#b3541e;",
	"--calm:#3f7570;--watch:#7d5e08;--strained:#a3460c;--decide:#7d1748;",
	"--h1:#d8e3ee;--h2:#aac5df;--h3:#719fc9;--h4:#3b76ad;--h5:#174a7c;--hi:#fff;",
	"--m1:#f4efd2;--m2:#fbe6a2;--m3:#ffd0a3;--m4:#f6bcd0;--w2:#f3c77a}",
	"*{print-color-adjust:exact;-webkit-print-color-adjust:exact}",
	"html{font-size:9.5pt}header{padding-top:0}header,main,footer{max-width:none;padding:0}",
	"h2,h3,caption{break-after:avoid}ol.incidents>li,tr,svg,.figure{break-inside:avoid}",
	"thead{display:table-header-group}",
	"section.client{break-before:page;margin-top:0}details:not(.printed){display:none}",
	"details.printed::details-content{content-visibility:visible}",
	"a{text-decoration:none}.wide{overflow:visible}.wide svg{min-width:0!important}}",
};

void style_add(struct buf *out)
{
	for (size_t i = 0; i < sizeof(sheet) / sizeof(sheet[0]); i++)
		buf_add_cstr(out, sheet[i]);
}

int style_source_add(struct buf *out, struct error *err)
{
	struct buf style = {0};
	struct sha256 sum;
	style_add(&style);
	int result = style.failed ? error_memory(err) : sha256_of(buf_str(&style), &sum, err);
	buf_finish(&style);
	if (result < 0)
		return -1;
	buf_add_cstr(out, "'sha256-");
	base64_write(out, sum.octet, SHA256_SIZE);
	buf_add_char(out, '\'');
	return 0;
}

int style_policy_add(struct buf *out, struct error *err)
{
	buf_add_cstr(out, "default-src 'none'; style-src ");
	if (style_source_add(out, err) < 0)
		return -1;
	buf_add_cstr(out, "; base-uri 'none'; form-action 'none'");
	return 0;
}
