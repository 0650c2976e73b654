import FetchCore
import FetchTesting
import Foundation
import ModelsLab
import ModelsLabFaceGen
import TestSupport
import Testing

@Suite("Face generation requests") struct FaceGenRequestTests {
    private let transport = ScriptedTransport([.json(#"{"status":"processing"}"#)])

    @Test func `the endpoint conforms with every documented response`() async throws {
        try await EndpointConformance(
            ModelsLabFaceGenEndpoint(),
            ids: ["a1b2", "a/b", "12202888"],
            fixtures: [
                .succeeded(fixture("success", in: .module)), .pending(fixture("processing", in: .module)),
            ],
            submissions: [
                .queued(FetchResponse(json: fixture("submission", in: .module)), id: "12202888", eta: .seconds(12)),
                .succeeded(FetchResponse(json: fixture("success", in: .module))),
                .refused(FetchResponse(json: fixture("unauthorized", in: .module), status: 401), as: .unauthorized),
                .refused(FetchResponse(json: fixture("unauthorized", in: .module)), as: .unauthorized),
            ]
        ).check()
    }

    @Test func `the request is a POST with the id in the path and only the enterprise key in the JSON body`()
        async throws
    {
        _ = try await client().fetch(.modelsLabFaceGen, id: "a1b2-c3")
        let request = try #require(transport.requests.first)
        #expect(request.method == .post)
        #expect(request.url.absoluteString == "https://modelslab.com/api/v1/enterprise/face_gen/fetch/a1b2-c3")
        #expect(request.headers["Content-Type"] == "application/json")
        #expect(request.body.map { String(decoding: $0, as: UTF8.self) } == #"{"key":"enterprise-key"}"#)
        #expect(request.headers.fields.allSatisfy { !$0.value.contains("enterprise-key") })
    }

    @Test(arguments: [
        ("12202888", "12202888"),
        ("6351a2b3-82ce-4d27-8c3d-2f7fa1e19e30", "6351a2b3-82ce-4d27-8c3d-2f7fa1e19e30"),
        ("a/b", "a%2Fb"),
        ("../../v6/video/fetch/1", "..%2F..%2Fv6%2Fvideo%2Ffetch%2F1"),
        ("Gesicht ü", "Gesicht%20%C3%BC"),
        ("顔", "%E9%A1%94"),
        ("a?key=b#c", "a%3Fkey%3Db%23c"),
        ("100%", "100%25"),
        ("007", "007"),
    ])
    func `an id is any string and is percent-encoded as one path segment`(id: String, segment: String) async throws {
        _ = try await client().fetch(.modelsLabFaceGen, id: id)
        #expect(
            transport.requests.first?.url.absoluteString
                == "https://modelslab.com/api/v1/enterprise/face_gen/fetch/" + segment
        )
    }

    @Test(arguments: ["", ".", "..", "a\nb"])
    func `an invalid id is refused before a request is sent`(id: String) async throws {
        let client = try client()
        let error = try #require(
            await #expect(throws: FetchError.self) { try await client.fetch(.modelsLabFaceGen, id: id) }
        )
        #expect(error.code == .invalidID)
        #expect(transport.requests.isEmpty)
    }

    @Test func `an id in a job reference can contain slashes and colons`() async throws {
        _ = try await client().fetch(JobReference("modelslab.enterprise.facegen:a/b:c"))
        let path = try #require(transport.requests.first?.url.path(percentEncoded: false))
        #expect(path == "/api/v1/enterprise/face_gen/fetch/a/b:c")
    }

    @Test func `the key of a standard account isn't sent`() async throws {
        let client = try client(.fixed([.modelsLab: APIKey("standard-key")]))
        let error = try #require(
            await #expect(throws: FetchError.self) { try await client.fetch(.modelsLabFaceGen, id: "a1b2") }
        )
        #expect(error.code == .missingKey)
        #expect(error.message.contains("modelslab.enterprise"))
        #expect(transport.requests.isEmpty)
    }

    @Test func `the environment variable of the key is MODELSLAB_ENTERPRISE_API_KEY`() async throws {
        let variables = ["MODELSLAB_API_KEY": "standard", "MODELSLAB_ENTERPRISE_API_KEY": "enterprise"]
        _ = try await client(.environment(variables)).fetch(.modelsLabFaceGen, id: "a1b2")
        let body = try #require(transport.requests.first?.body)
        #expect(String(decoding: body, as: UTF8.self) == #"{"key":"enterprise"}"#)
    }

    private func client(
        _ credentials: Credentials = .fixed([.modelsLabEnterprise: APIKey("enterprise-key")])
    ) throws -> FetchClient {
        try FetchClient(
            registry: EndpointRegistry(.modelsLabFaceGen),
            transport: transport,
            credentials: credentials,
            configuration: FetchClient.Configuration(policy: PollingPolicy(requestTimeout: .seconds(3600)))
        )
    }
}
