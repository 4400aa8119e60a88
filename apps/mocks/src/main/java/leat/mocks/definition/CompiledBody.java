package leat.mocks.definition;

import java.nio.charset.StandardCharsets;

/** A body that is ready to be rendered again and again, by any thread. */
public interface CompiledBody {
    /** Whether it may read the request's JSON body, which is parsed only then. */
    boolean usesJson();

    /**
     * The bytes to send; nobody changes them afterwards.
     *
     * @throws BodyRenderException when this request's values cannot be rendered
     */
    byte[] render(RequestValues values);

    static CompiledBody verbatim(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new CompiledBody() {
            @Override
            public boolean usesJson() {
                return false;
            }

            @Override
            public byte[] render(RequestValues values) {
                return bytes;
            }
        };
    }
}
