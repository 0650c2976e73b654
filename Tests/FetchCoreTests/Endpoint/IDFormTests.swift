import FetchCore
import FetchTesting
import Foundation
import TestSupport
import Testing

/// Tests of the conversion between an ID and the values in a path.
@Suite("ID forms") struct IDFormTests {
    private static let path: PathTemplate = "{+app}/requests/{request}/status"
    private static let endpoint = ConfigurableEndpoint<String>(method: .get, path: path, idForm: "{+app}/{request}")

    @Test(arguments: [
        ("studio/flux/a1", "studio/flux/requests/a1/status"),
        ("flux/a1", "flux/requests/a1/status"),
        ("a/b/c/d e", "a/b/c/requests/d%20e/status"),
        ("flux/50%25", "flux/requests/50%2525/status"),
    ])
    func `an ID is split into its values, and the request's URL gives the same ID`(id: String, path: String)
        async throws
    {
        let sent = try await Self.endpoint.requests(for: id)
        let url = try #require(sent.first?.url)
        #expect(url.absoluteString == "https://api.example.com/v1/\(path)")
        #expect(try EndpointRegistry(Self.endpoint).reference(for: url)?.id == id)
    }

    @Test(arguments: ["flux", "flux/", "/a1", "/"])
    func `a string of another form is refused with the form before a request is sent`(id: String) async throws {
        let error = try await Self.endpoint.refusal(of: id)
        #expect(error.code == .invalidID)
        #expect(error.message.contains("it doesn't match the form {app}/{request}"))
        let registry = try EndpointRegistry(Self.endpoint)
        #expect(throws: FetchError.self) { try registry.job("example.jobs:\(id)") }
    }

    @Test(arguments: ["../a1", "flux/..", "a/../b/c", "./a", "a//b"])
    func `no value can leave its place in the path`(id: String) async throws {
        #expect(try await Self.endpoint.refusal(of: id).code == .invalidID)
    }

    @Test func `a form or a path has at most 32 placeholders`() throws {
        func template(_ count: Int) -> String { (0..<count).map { "{p\($0)}" }.joined(separator: "/") }
        let form = try IDForm(template(32))
        let id = (0..<32).map { "v\($0)" }.joined(separator: "/")
        let endpoint = ConfigurableEndpoint<String>(method: .get, path: try PathTemplate(template(32)), idForm: form)
        let url = try #require(URL(string: "https://api.example.com/v1/\(id)"))
        #expect(try EndpointRegistry(endpoint).reference(for: url)?.id == id)
        for count in [33, 30_000] {
            for error in [
                #expect(throws: FetchError.self) { try IDForm(template(count)) },
                #expect(throws: FetchError.self) { try PathTemplate(template(count)) },
            ] {
                #expect(error?.code == .malformedEndpoint)
                #expect(error?.message.contains("it has more than 32 placeholders") == true)
            }
        }
    }

    @Test(arguments: [
        ("{a}-{b}", "x-y-z", "x/y-z"), ("{+a}/{b}", "x/y/z", "x%2Fy/z"), ("{a}b{c}", "abbbc", "a/bbc"),
        ("{a}--{b}", "x---y", "x/-y"),
    ])
    func `the first values are as short as the rest allows`(form: String, id: String, path: String) async throws {
        let names = form.split(separator: "{").compactMap { $0.split(separator: "}").first?.last.map(String.init) }
        let endpoint = ConfigurableEndpoint<String>(
            path: try PathTemplate(names.map { "{\($0)}" }.joined(separator: "/")),
            idForm: try IDForm(form)
        )
        let sent = try await endpoint.requests(for: id)
        #expect(sent.first?.url.absoluteString == "https://api.example.com/v1/\(path)")
    }

    @Test func `the whole form passes any string as one value`() async throws {
        let sent = try await ConfigurableEndpoint<String>(path: "fetch/{id}").requests(for: "a/b{c}%2F")
        #expect(sent.first?.url.absoluteString == "https://api.example.com/v1/fetch/a%2Fb%7Bc%7D%252F")
    }

    @Test func `a URL whose values would form another ID matches no job`() throws {
        let registry = try EndpointRegistry(
            ConfigurableEndpoint<String>(path: "{kind}/task/{task}", idForm: "{kind}/{task}")
        )
        let url = try #require(URL(string: "https://api.example.com/v1/a%2Fb/task/7"))
        #expect(registry.reference(for: url) == nil)
        let dashed = try EndpointRegistry(
            ConfigurableEndpoint<String>(path: "{kind}/task/{task}", idForm: "{kind}-{task}")
        )
        let plain = try #require(URL(string: "https://api.example.com/v1/a/task/7-8"))
        #expect(dashed.reference(for: plain)?.id == "a-7-8")
        let ambiguous = try #require(URL(string: "https://api.example.com/v1/a-7/task/8"))
        #expect(dashed.reference(for: ambiguous) == nil, "a-7-8 is another job")
    }

    @Test(arguments: ["", "id", "{id", "id}", "{}", "{i d}", "{+}"])
    func `a malformed form is refused at registration and by the throwing initializer`(form: String) {
        let endpoint = ConfigurableEndpoint<String>(path: "fetch/{id}", idForm: IDForm(stringLiteral: form))
        #expect(throws: FetchError.self) { try EndpointRegistry(endpoint) }
        #expect(throws: FetchError.self) { try IDForm(form) }
        #expect(IDForm(rawValue: form) == nil)
    }
}
