import FetchCore
import FetchTesting
import Foundation
import TestSupport
import Testing

@Suite("Basic authorization") struct BasicAuthorizationTests {
    private static let key = "Aladdin:open sesame:42"
    private static let base64 = "QWxhZGRpbjpvcGVuIHNlc2FtZTo0Mg=="

    private let endpoint = ConfigurableEndpoint<Int>(authorization: .basic)
    private let credentials = Credentials.fixed(["example": APIKey(key)])

    @Test func `user name and password are sent in base64`() async throws {
        let request = try #require(try await endpoint.requests(for: 42, credentials: credentials).first)
        #expect(request.headers["Authorization"] == "Basic \(Self.base64)")
        #expect(request.headers.fields.count { $0.name == "Authorization" } == 1)
    }

    @Test(arguments: EscapingStyle.all)
    func `the key, its base64 form and the password are redacted, and the user name is not`(style: EscapingStyle)
        async throws
    {
        for echo in [Self.key, Self.base64, "open sesame:42"] {
            let body = "{\"message\":\"Aladdin, \(style.encode(echo)) is wrong\"}"
            let client = FetchClient(scripted: ScriptedTransport([.json(body)]), credentials: credentials)
            guard case .succeeded(let output) = try await client.fetch(endpoint, id: 42) else {
                Issue.record("The job must have succeeded.")
                return
            }
            #expect(output["message"] == "Aladdin, [redacted] is wrong")
        }
    }

    @Test(arguments: [
        ("sk-0123456789", "contains no colon; pass the user name, a colon and the password"),
        ("user:pass\nword", "contains a newline"), ("", "is empty"),
        ("user:pässword", "contains a character outside printable ASCII"),
    ])
    func `a key that is no user name and password is refused`(key: String, problem: String) async throws {
        let error = try await endpoint.refusal(of: 42, credentials: .fixed(["example": APIKey(key)]))
        #expect(error.code == .malformedKey)
        #expect(error.message == "the key for the provider example \(problem)")
    }

    @Test func `an endpoint with basic authorization conforms`() async throws {
        try await EndpointConformance(endpoint, ids: [1, 2], except: [.missingBody]).check()
    }

    @Test func `a follow-up request can use basic authorization`() async throws {
        let endpoint = ConfigurableEndpoint<Int>(
            authorization: .none,
            read: { _ in
                .followUp(FollowUp("result", authorization: .custom(.basic)) { .succeeded(try $0.json()) })
            }
        )
        let requests = try await endpoint.requests(for: 42, credentials: credentials)
        #expect(requests.map { $0.headers["Authorization"] } == [nil, "Basic \(Self.base64)"])
    }
}
