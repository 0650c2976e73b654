import FetchCore
import Foundation
import TestSupport
import Testing

/// Tests that the cost of a lookup is linear in the length of a URL, which a server chooses.
@Suite("Cost of lookup by URL") struct URLLookupCostTests {
    @Test(
        .timeLimit(.minutes(1)),
        arguments: [
            ("{+a}/x/{+b}/y/{+c}/z", "{+a}|{+b}|{+c}"), ("{+a}/{+b}/{+c}/{d}/end", "{+a}|{+b}|{+c}|{d}"),
            ("{a}-{b}-{c}-{d}-{e}-{f}-end", "{a}|{b}|{c}|{d}|{e}|{f}"), ("{+a}/requests/{b}/status", "{+a}|{b}"),
        ]
    )
    func `a URL is matched in one pass, whatever its content`(path: String, form: String) throws {
        let registry = try EndpointRegistry(
            ConfigurableEndpoint<String>(path: PathTemplate(path), idForm: IDForm(form))
        )
        for segment in ["x/", "a-", "x/y/z/", "requests/"] {
            let text = "https://api.example.com/v1/" + String(repeating: segment, count: 7_000 / segment.count)
            #expect(registry.reference(for: try #require(URL(string: text))) == nil)
        }
    }
}
