package leat.accounts;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import leat.web.Request;
import leat.web.ui.Nav;

/**
 * What accounts must be told by whoever mounts it.
 *
 * @param baseUrl where people reach Leat, without a slash at its end; asked when a link is made, for a port may be known
 *     late
 * @param assets from an asset's name to its URL
 * @param items the modules in the navigation of a page, for a request and the organization's name ("" outside of any)
 * @param scopes the modules for which tokens can have scopes: {@code mocks} gives {@code mocks:read} and
 *     {@code mocks:write}
 */
public record AccountsSettings(
        Supplier<String> baseUrl,
        UnaryOperator<String> assets,
        BiFunction<Request, String, List<Nav.Item>> items,
        List<String> scopes) {
    public AccountsSettings {
        scopes = List.copyOf(scopes);
    }

    /** No other modules, and assets by their plain names. */
    public static AccountsSettings at(Supplier<String> baseUrl) {
        return new AccountsSettings(baseUrl, name -> "/assets/" + name, (request, organization) -> List.of(), List.of(
                "accounts"));
    }
}
