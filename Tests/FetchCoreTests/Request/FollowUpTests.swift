import FetchCore
import FetchTesting
import Foundation
import TestSupport
import Testing

/// Tests of follow-up requests and of the origins to which they send the key.
@Suite("Follow-up requests") struct FollowUpTests {
    private static let done = ScriptedTransport.Step.json(#"{"done":true}"#)

    /// Returns an endpoint whose first response leads to `url`.
    private func endpoint(
        followingTo url: String,
        authorization: FollowUpAuthorization = .inherited,
        headers: HeaderFields = [:],
        body: RequestBody? = nil
    ) -> ConfigurableEndpoint<Int> {
        ConfigurableEndpoint(
            headers: ["X-Version": "2"],
            read: { _ in
                let url = URL(string: url)!
                return .followUp(
                    FollowUp(.url(url), authorization: authorization, headers: headers, body: body) { response in
                        .succeeded(try response.json())
                    }
                )
            }
        )
    }

    private func run(
        _ endpoint: ConfigurableEndpoint<Int>,
        origins: [ProviderID: Origin] = [:]
    ) async throws -> (requests: [FetchRequest], error: FetchError?) {
        let transport = ScriptedTransport([Self.done])
        let client = FetchClient(scripted: transport, origins: origins)
        do {
            let state = try await client.fetch(endpoint, id: 42)
            #expect(state == .succeeded(["done": true]))
            return (transport.requests, nil)
        } catch let error as FetchError {
            return (transport.requests, error)
        }
    }

    @Test(arguments: [
        "https://api.example.com/results/42?part=1", "https://API.example.com:443/results/42?part=1",
    ])
    func `the key is sent to the endpoint's own origin`(url: String) async throws {
        let (requests, error) = try await run(endpoint(followingTo: url, headers: ["X-Part": "1"]))
        #expect(error == nil)
        #expect(requests.count == 2)
        #expect(requests.last?.method == .get)
        #expect(requests.last?.url.absoluteString == url)
        #expect(requests.last?.headers["Authorization"] == "Bearer sk-canary-0123456789")
        #expect(requests.last?.headers["X-Version"] == "2")
        #expect(requests.last?.headers["X-Part"] == "1")
        #expect(requests.last?.body == nil)
    }

    @Test(arguments: [
        "https://evil.com/results/42", "https://api.example.com.evil.com/", "https://example.com/",
        "https://api.example.com./",
        "http://api.example.com/", "https://api.example.com:444/", "http://127.0.0.1/",
    ])
    func `the key is sent to no other origin`(url: String) async throws {
        let authorizations: [FollowUpAuthorization] = [
            .inherited, .custom(.bearer), .custom(.query("key")), .custom(.jsonBody("key")),
        ]
        for authorization in authorizations {
            let (requests, error) = try await run(endpoint(followingTo: url, authorization: authorization))
            #expect(requests.count == 1)
            #expect(error?.code == .refusedURL)
            #expect(error?.message.contains("the key of example is sent to https://api.example.com only") == true)
            #expect(error?.endpoint == "example.jobs")
            #expect(error?.id == "42")
        }
    }

    @Test(arguments: ["https://storage.example.net/a.mp4?signature=x", "http://127.0.0.1:8080/a.mp4"])
    func `a follow-up request without a key may go to any origin, without the endpoint's headers`(url: String)
        async throws
    {
        let (requests, error) = try await run(
            endpoint(followingTo: url, authorization: .none, headers: ["Range": "bytes=0-9"])
        )
        #expect(error == nil)
        #expect(requests.last?.url.absoluteString == url)
        #expect(requests.last?.headers.fields.map(\.name) == ["Range", "Accept"])
        #expect(requests.last?.body == nil)
    }

    @Test(arguments: [
        "https://api.example.com/results/42", "https://api.example.com/results/42?part=1",
        "https://cdn.provider.example/results/42",
    ])
    func `a follow-up request without authorization carries no key to the provider's own servers`(url: String)
        async throws
    {
        let key = "sk-canary-0123456789"
        for authorization in [FollowUpAuthorization.none, .custom(.none)] {
            let followUp = FollowUp<JSONValue>(.url(try #require(URL(string: url))), authorization: authorization) {
                .succeeded(try $0.json())
            }
            for sentKey in [Authorization.bearer, .query("key"), .jsonBody("key")] {
                let endpoint = ConfigurableEndpoint<Int>(
                    domains: ["provider.example"],
                    authorization: sentKey,
                    read: { _ in .followUp(followUp) }
                )
                let (requests, error) = try await run(endpoint)
                #expect(error == nil)
                #expect(requests.count == 2)
                let first = try #require(requests.first)
                #expect(first.sentText.contains(key), "The first request has no key.")
                let last = try #require(requests.last)
                #expect(last.url.absoluteString == url)
                #expect(!last.sentText.contains(key))
                #expect(last.headers["Authorization"] == nil)
                #expect(last.body == nil)
            }
        }
    }

    @Test(arguments: [
        "http://storage.example.net/a.mp4", "ftp://storage.example.net/a", "file:///etc/passwd", "https:///a",
    ])
    func `a follow-up request without a key needs a valid URL`(url: String) async throws {
        let (requests, error) = try await run(endpoint(followingTo: url, authorization: .none))
        #expect(requests.count == 1)
        #expect(error?.code == .refusedURL)
    }

    @Test(arguments: ["https://api.example.com/results/42?part=1", "http://127.0.0.1:8080/results/42?part=1"])
    func `an overridden origin replaces the documented one in follow-up URLs`(url: String) async throws {
        let proxy = try Origin(of: URL(string: "http://127.0.0.1:8080")!)
        let (requests, error) = try await run(endpoint(followingTo: url), origins: ["example": proxy])
        #expect(error == nil)
        #expect(requests.last?.url.absoluteString == "http://127.0.0.1:8080/results/42?part=1")
        #expect(requests.last?.headers["Authorization"] == "Bearer sk-canary-0123456789")
    }

    @Test(arguments: [
        ("../results/42?part=1", "https://api.example.com/v1/results/42?part=1"),
        ("/results/42", "https://api.example.com/results/42"),
        ("//api.example.com/results/42", "https://api.example.com/results/42"),
        ("result", "https://api.example.com/v1/fetch/result"),
        ("?part=1", "https://api.example.com/v1/fetch/42?part=1"),
    ])
    func `a relative URL is resolved against that of the response, and gets the key`(link: String, url: String)
        async throws
    {
        let (requests, error) = try await run(endpoint(followingTo: link))
        #expect(error == nil)
        #expect(requests.last?.url.absoluteString == url)
        #expect(requests.last?.headers["Authorization"] == "Bearer sk-canary-0123456789")
    }

    @Test(arguments: ["//evil.com/results/42", "//api.example.com.evil.com/", "///results", "//user@api.example.com/"])
    func `a relative URL is resolved before the rule of the key's origin applies`(link: String) async throws {
        let (requests, error) = try await run(endpoint(followingTo: link))
        #expect(requests.count == 1)
        #expect(error?.code == .refusedURL)
    }

    @Test func `a relative URL is resolved against an overridden origin`() async throws {
        let proxy = try Origin(of: URL(string: "http://127.0.0.1:8080")!)
        let (requests, error) = try await run(endpoint(followingTo: "/results/42"), origins: ["example": proxy])
        #expect(error == nil)
        #expect(requests.last?.url.absoluteString == "http://127.0.0.1:8080/results/42")
    }

    @Test func `a relative URL of a follow-up's response is resolved against the follow-up's URL`() async throws {
        let transport = ScriptedTransport([Self.done])
        let client = FetchClient(scripted: transport)
        let endpoint = ConfigurableEndpoint<Int>(
            read: { response in
                .followUp(
                    FollowUp(.url(try response.url(of: "/a/b/c"))) { response in
                        .followUp(FollowUp(.url(try response.url(of: "../d"))) { .succeeded(try $0.json()) })
                    }
                )
            }
        )
        #expect(try await client.fetch(endpoint, id: 42) == .succeeded(["done": true]))
        #expect(transport.requests.map(\.url.path) == ["/v1/fetch/42", "/a/b/c", "/a/d"])
    }

    @Test func `a follow-up request may have a path with the ID`() async throws {
        let endpoint = ConfigurableEndpoint<Int>(
            read: { _ in .followUp(FollowUp("results/{id}/file?v=2") { .succeeded(try $0.json()) }) }
        )
        let (requests, error) = try await run(endpoint)
        #expect(error == nil)
        #expect(requests.last?.url.absoluteString == "https://api.example.com/v1/results/42/file?v=2")
    }

    @Test func `a follow-up request may have a body with the key`() async throws {
        let (requests, _) = try await run(
            endpoint(
                followingTo: "https://api.example.com/results",
                authorization: .custom(.jsonBody("key")),
                body: .json(["file": "a"])
            )
        )
        let body = requests.last?.body.map { String(decoding: $0, as: UTF8.self) }
        #expect(body == #"{"file":"a","key":"sk-canary-0123456789"}"#)
    }

    @Test func `a follow-up request cannot override the header of the key`() async throws {
        let (requests, _) = try await run(
            endpoint(followingTo: "https://api.example.com/results", headers: ["authorization": "Bearer other"])
        )
        let values = requests.last?.headers.fields.filter { $0.name.lowercased() == "authorization" }.map(\.value)
        #expect(values == ["Bearer sk-canary-0123456789"])
    }

    @Test func `a failed follow-up request is an error of the fetch, with the job and the status`() async throws {
        let transport = ScriptedTransport([.json("{}"), .json("gone", status: 503)])
        let client = FetchClient(scripted: transport)
        let error = await #expect(throws: FetchError.self) {
            try await client.fetch(endpoint(followingTo: "https://api.example.com/results"), id: 42)
        }
        #expect(error?.code == .serverError)
        #expect(error?.httpStatus == 503)
        #expect(error?.id == "42")
    }

    @Test func `follow-up requests may lead to further ones`() async throws {
        let transport = ScriptedTransport([Self.done])
        let client = FetchClient(scripted: transport)
        let endpoint = ConfigurableEndpoint<Int>(read: { _ in chain(8) })
        #expect(try await client.fetch(endpoint, id: 42) == .succeeded(["done": true]))
        #expect(transport.requests.map(\.url.path).suffix(2) == ["/step/2", "/step/1"])
        #expect(transport.requests.count == 9)
    }

    @Test func `an endless chain of follow-up requests ends with an error`() async throws {
        let transport = ScriptedTransport([Self.done])
        let client = FetchClient(scripted: transport)
        let endpoint = ConfigurableEndpoint<Int>(read: { _ in chain(.max) })
        let error = await #expect(throws: FetchError.self) { try await client.fetch(endpoint, id: 42) }
        #expect(error?.code == .malformedEndpoint)
        #expect(error?.message == "the endpoint requested more than 64 follow-ups")
        #expect(error?.isRetryable == false)
        #expect(transport.requests.count == 65)
    }
}

extension FetchRequest {
    /// Everything that is sent: the URL, the header fields and the body.
    fileprivate var sentText: String {
        ([url.absoluteString] + headers.fields.map { "\($0.name): \($0.value)" } + [
            String(decoding: body ?? Data(), as: UTF8.self)
        ]).joined(separator: "\n")
    }
}

/// Returns a result that is reached after a number of follow-up requests.
@Sendable
private func chain(_ length: Int) -> FetchAnswer<JSONValue> {
    guard length > 0 else { return .succeeded(["done": true]) }
    return .followUp(FollowUp(.url(URL(string: "https://api.example.com/step/\(length)")!)) { _ in chain(length - 1) })
}
