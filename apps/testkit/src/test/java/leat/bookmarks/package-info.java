/** Bookmarks: the module that the guide "Write a module" builds. Quoted there, tested here, and in no release. */
@NullMarked
package leat.bookmarks;

import org.jspecify.annotations.NullMarked;
