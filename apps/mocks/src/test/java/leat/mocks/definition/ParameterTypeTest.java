package leat.mocks.definition;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParameterTypeTest {
    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            string     ; x, é/ , 12                 ;
            int        ; 0, -1, +5, 9223372036854775807, -9223372036854775808, 007 ; -, +, 1.0, 1e3, ٣
            int        ; 1                          ; 9223372036854775808, -9223372036854775809, 99999999999999999999
            float      ; 0, 1.5, -2.25e10, 1E-3, +4 ; .5, 5., 1e, NaN, Infinity, 1.2.3, 0x1, -
            double     ; 1.5                        ; abc
            boolean    ; true, false                ; TRUE, yes, 1, tru
            bool       ; true                       ; truee
            uuid       ; 123e4567-e89b-12d3-a456-426614174000 ; 123e4567e89b12d3a456426614174000
            uuid       ; 123E4567-E89B-12D3-A456-426614174000 ; 123e4567-e89b-12d3-a456-42661417400g
            date       ; 2024-02-29, 2023-12-31, 2000-02-29   ; 2023-02-29, 1900-02-29, 2024-13-01, 2024-00-10
            date       ; 2024-01-31                 ; 2024-1-1, 2024-01-32, 20240101, 2024-01-00
            enum(a, b) ; a, b                       ; c, ab, A
            """)
    void a_type_accepts_and_refuses(String type, String accepted, @Nullable String refused) {
        ParameterType parsed = ParameterType.named(type).orElseThrow();
        for (String value : accepted.split(",", -1)) {
            assertThat(parsed.accepts(value.strip())).as(type + " " + value).isTrue();
        }
        for (String value : refused == null ? new String[0] : refused.split(",", -1)) {
            assertThat(parsed.accepts(value.strip()))
                    .as(type + " refuses " + value)
                    .isFalse();
        }
        assertThat(parsed.accepts("")).as(type + " refuses nothing").isFalse();
    }

    @ParameterizedTest
    @CsvSource({"integer", "Int", "enum()", "'enum(a,,b)'", "''", "regex(a)"})
    void other_types_do_not_exist(String type) {
        assertThat(ParameterType.named(type)).isEmpty();
    }
}
