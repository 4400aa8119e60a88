/**
 * The template language of mock answers: compiled once, rendered for every request, bounded in time and size.
 *
 * <p>{@link leat.mocks.template.Template} is the way in. A front end (here {@code DjangoParser}) turns source text into
 * {@code Node}s and {@code Expression}s; rendering knows only those.
 */
@NullMarked
package leat.mocks.template;

import org.jspecify.annotations.NullMarked;
