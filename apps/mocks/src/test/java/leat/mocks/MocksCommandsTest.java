package leat.mocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import leat.cli.CommandFailure;
import org.junit.jupiter.api.Test;

final class MocksCommandsTest {
    @Test
    void a_file_names_its_mock() {
        assertThat(MocksCommands.Verbs.nameOf("api/Pet_Store.mock.yml")).isEqualTo("pet-store");
        assertThat(MocksCommands.Verbs.nameOf("pets")).isEqualTo("pets");
        assertThat(MocksCommands.Verbs.nameOf(".pets.yml")).isEqualTo("pets");
    }

    @Test
    void standard_input_needs_a_name() {
        assertThatThrownBy(() -> MocksCommands.Verbs.nameOf("-")).isInstanceOf(CommandFailure.class);
    }
}
