package leat.mocks.template;

import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * What makes one rendering differ from the next: the time for {@code now}, asked once a rendering, and the dice for
 * {@code uuid}, {@code random} and {@code rand-nth}.
 */
public record RenderContext(InstantSource clock, RandomGenerator random) {}
