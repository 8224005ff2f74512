/* report_markdown: markup that is whole, whatever the text, and none but its own elements. */
#include "report_markdown.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "markup.h"

const fuzz_seed fuzz_seeds[] = {FUZZ_SEED("# Title\n\n## What the paper shows\n\nA. Author, *J. Phys.* **1** (1985): "
                                          "`x < y`\n\n| | b |\n|---|---|\n| c | d |\n"),
                                FUZZ_SEED("## What differs, and why\n\n- **a** b\n  c\n\n  | x | y |\n  |---|:-:|\n  | "
                                          "1\\|2 | 3 |\n\n- d\n  1. e\n     - f\n"),
                                FUZZ_SEED("a:\n\n    hebb figure x\n\n    y\n### z\n[a `b`](c) \\*d\\*\r\n"),
                                FUZZ_SEED("- - - - - - - - - - a\n***a **b *c* d** e*\n"),
                                FUZZ_SEED("|\n|-\n|\n\n<script>\xff\x01\xe2\x80\xae</script>"),
                                {NULL, 0}};
const char *const fuzz_words[] = {
    "*",   "**", "`",  "[",   "](", ")", "|", "|---|\n", "\n",   "\n\n", "- ",           "  ",   "    ",
    "1. ", "#",  "##", "## ", "\\", "<", "&", "\"",      "\r\n", "\xc3", "\xe2\x80\xae", "\x1b", NULL};

static void check(hebb_markdown_part part)
{
    static const char *const own[] = {"<p>",
                                      "<em>",
                                      "<strong>",
                                      "<code>",
                                      "<ul>",
                                      "<ol>",
                                      "<li>",
                                      "<table>",
                                      "<thead>",
                                      "<tbody>",
                                      "<tr>",
                                      "<td>",
                                      "<th scope=\"col\">",
                                      "<h4>",
                                      "<pre tabindex=\"0\">",
                                      "<div class=\"scroll\" tabindex=\"0\">",
                                      "</"};
    char *html = NULL;
    size_t n, where;
    FILE *stream = open_memstream(&html, &n);
    FUZZ_EXPECT(stream != NULL);
    FUZZ_EXPECT(hebb_markdown_write(stream, part) == HEBB_OK);
    FUZZ_EXPECT(fclose(stream) == 0);
    FUZZ_EXPECT(markup_is_whole(html, n, &where));
    for (const char *tag = html; (tag = strchr(tag, '<')) != NULL; tag++) {
        bool is_own = false;
        for (size_t k = 0; k < sizeof own / sizeof *own; k++)
            is_own = is_own || strncmp(tag, own[k], strlen(own[k])) == 0;
        FUZZ_EXPECT(is_own);
    }
    free(html);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1); /* no byte behind the text that may be read */
    FUZZ_EXPECT(text != NULL);
    if (size > 0) memcpy(text, data, size);
    const hebb_markdown_part all = {size, text};
    check(all);
    const hebb_markdown_part sections[] = {hebb_markdown_section(size, text, "What"),
                                           hebb_markdown_section(size, text, NULL)};
    for (size_t k = 0; k < 2; k++) {
        const hebb_markdown_part first = hebb_markdown_paragraph(sections[k]);
        FUZZ_EXPECT(sections[k].n <= size && first.n <= sections[k].n);
        check(sections[k]);
        check(first);
    }
    free(text);
    return 0;
}
