import FetchCore
import FetchTesting
import Foundation
import TestSupport
import Testing

/// Tests with the example that AWS publishes for signature version 4.
///
/// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
@Suite("Requests signed for AWS") struct AWSSignatureTests {
    /// 30 August 2015, 12:36:00 UTC.
    private static let date = Date(timeIntervalSince1970: 1_440_938_160)

    @Test func `a signed request has the signature that AWS publishes for it`() async throws {
        let clock = VirtualClock()
        let transport = ScriptedTransport([.json("{}")])
        let client = FetchClient(
            transport: transport,
            credentials: .fixed(["aws": AWSEndpoint.exampleKey]),
            environment: FetchClient.Environment(clock: clock, wallClock: { Self.date })
        )
        _ = try await clock.run { try await client.fetch(AWSEndpoint(), id: "ListUsers") }
        let request = try #require(transport.requests.first)
        #expect(request.headers["X-Amz-Date"] == "20150830T123600Z")
        #expect(
            request.headers["Authorization"] == """
                AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, \
                SignedHeaders=content-type;host;x-amz-date, \
                Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7
                """
        )
        #expect(!Disclosure(of: [request.url.absoluteString] + request.headers.fields.map(\.value)).contains("wJalrXU"))
    }

    @Test func `a signed endpoint conforms`() async throws {
        try await EndpointConformance(
            AWSEndpoint(),
            ids: ["ListUsers", "GetUser"],
            key: APIKey("AKIDEXAMPLE:sk-canary-0123456789")
        ).check()
    }

    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func `the hash function of the test has the published values`(message: String, hash: String) {
        let bytes = SHA256.hash(Array(message.utf8))
        #expect(bytes.map { String(UInt16($0) + 0x100, radix: 16).dropFirst() }.joined() == hash)
    }
}
