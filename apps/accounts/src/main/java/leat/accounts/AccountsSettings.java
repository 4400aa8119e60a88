package leat.accounts;

import java.util.List;
import java.util.function.Supplier;

/**
 * What accounts must be told by whoever mounts it.
 *
 * @param baseUrl where people reach Leat, without a slash at its end; asked when a link is made, for a port may be known
 *     late
 * @param scopes the modules for which tokens can have scopes: {@code mocks} gives {@code mocks:read} and
 *     {@code mocks:write}
 */
public record AccountsSettings(Supplier<String> baseUrl, List<String> scopes) {
    public AccountsSettings {
        scopes = List.copyOf(scopes);
    }

    /** No other modules. */
    public static AccountsSettings at(Supplier<String> baseUrl) {
        return new AccountsSettings(baseUrl, List.of("accounts"));
    }
}
