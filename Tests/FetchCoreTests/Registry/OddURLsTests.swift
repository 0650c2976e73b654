import FetchCore
import Foundation
import Testing

/// A server that makes up URLs can't keep a look-up busy.
struct OddURLsTests {
    @Test(
        .timeLimit(.minutes(1)),
        arguments: [
            ("{+a}/x/{+b}/y/{+c}/z", "{+a}|{+b}|{+c}"), ("{+a}/{+b}/{+c}/{d}/end", "{+a}|{+b}|{+c}|{d}"),
            ("{a}-{b}-{c}-{d}-{e}-{f}-end", "{a}|{b}|{c}|{d}|{e}|{f}"), ("{+a}/requests/{b}/status", "{+a}|{b}"),
        ]
    )
    func `However a URL is made up, it is looked up once through`(path: String, form: String) throws {
        let registry = try EndpointRegistry(ShapedEndpoint<String>(path: PathTemplate(path), idForm: IDForm(form)))
        for piece in ["x/", "a-", "x/y/z/", "requests/"] {
            let text = "https://api.example.com/v1/" + String(repeating: piece, count: 7_000 / piece.count)
            #expect(registry.reference(for: try #require(URL(string: text))) == nil)
        }
    }
}
