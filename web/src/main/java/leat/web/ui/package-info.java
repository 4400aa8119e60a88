/**
 * The design system as Java: the frame around every page, the parts that pages are made of, and the state of a form.
 *
 * <p>A part is a {@link gg.jte.Content} that a template of any module puts in place with <code>${ui.pill(…)}</code>; its
 * markup is a template in {@code src/main/jte} of the same stem. What needs no logic (cards, tables, buttons) is plain HTML
 * with the classes of {@code app.css}.
 */
@NullMarked
package leat.web.ui;

import org.jspecify.annotations.NullMarked;
