package leat.benchmarks;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathTemplate;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;

/** WireMock with so many stubs of the same shape, its request journal off, templates on for these answers only. */
final class WireMockPeer {
    private WireMockPeer() {}

    public static void main(String[] args) {
        int routes = Integer.parseInt(args[0]);
        WireMockServer server = new WireMockServer(WireMockConfiguration.options()
                .dynamicPort()
                .disableRequestJournal()
                .templatingEnabled(true)
                .globalTemplating(false));
        server.start();
        for (int i = 0; i < routes; i++) {
            server.stubFor(get(urlPathTemplate("/r" + i + "/users/{id}/items/{item}"))
                    .willReturn(aResponse()
                            .withHeader("Content-Type", "application/json")
                            .withBody(
                                    "{\"id\": \"{{request.path.id}}\", \"item\": \"{{request.path.item}}\", \"of\": \"r"
                                            + i + "\"}")
                            .withTransformers("response-template")));
        }
        System.out.println("ready " + server.port());
    }
}
