import FetchCore
import Foundation
import TestSupport
import Testing

/// Tests that no value of a public type shows the key when it is printed, dumped, reflected, localized or encoded.
@Suite("Key exposure") struct KeyExposureTests {
    static let authorizations: [Authorization] = [.bearer, .header("X-Api-Key"), .query("key"), .jsonBody("key")]

    /// Each key with one of the authorizations. Not all pairs are needed because the two are independent.
    static let cases = CanaryKey.all.enumerated().map { ($1.key, authorizations[$0 % authorizations.count]) }

    @Test(arguments: cases)
    func `no value of a public type shows the key`(key: String, authorization: Authorization) async throws {
        let collectedValues = try await ExposureScenario(key: key, authorization: authorization).collectedValues()
        let exposing = Set(collectedValues.filter { $0.disclosure.contains(key) }.map(\.type))
        #expect(exposing.isEmpty, "These types show the key: \(exposing.sorted())")
    }

    @Test(arguments: ["sk-canary-0123456789", "sk/canary+0123=="])
    func `a transport and a server show nothing of a request in flight`(key: String) async throws {
        var collectedValues: [CollectedValue] = []
        for scenario in try SocketExposureScenario.all(key: key) {
            collectedValues += try await scenario.collectedValues()
        }
        let transports: Set = ["FetchURLSession.URLSessionTransport", "FetchCurl.CurlTransport"]
        #expect(Set(collectedValues.map(\.type)).isSuperset(of: transports))
        for collected in collectedValues { #expect(!collected.disclosure.contains(key), "\(collected.type)") }
    }

    /// The types that contain text from a provider's response.
    static let typesWithProviderText = [
        "FetchCore.Artifact", "FetchCore.FetchAnswer", "FetchCore.FetchError", "FetchCore.FetchEvent",
        "FetchCore.FetchEvent.Kind", "FetchCore.FetchRetry", "FetchCore.FetchState", "FetchCore.FetchUpdate",
        "FetchCore.FollowUp", "FetchCore.FollowUpTarget", "FetchCore.JSONValue", "FetchCore.JobFailure",
        "FetchCore.JobOutcome", "FetchCore.JobResult", "FetchCore.StoredOutput", "FetchCore.JobProgress",
        "FetchCore.PollingURL", "FetchCore.FetchResponse",
        "FetchCore.HeaderFields", "FetchCore.HeaderFields.Field", "FetchCore.RequestBody", "ModelsLab.Generation",
        "ModelsLab.ModelsLabReply", "ModelsLabFaceSwap.FaceSwapMeta", "ModelsLabFineTune.TrainedModel",
        "ModelsLabWorkflow.WorkflowOutput", "ModelsLabWorkflow.WorkflowStep",
    ]

    @Test(arguments: [authorizations[0]])
    func `values with text of the provider contain the redaction mark in place of the key`(authorization: Authorization)
        async throws
    {
        let key = "sk-canary-0123456789"
        let scenario = ExposureScenario(key: key, authorization: authorization)
        let collectedValues = try await scenario.collectedValues()
        for type in Self.typesWithProviderText {
            let isRedacted = collectedValues.contains { $0.type == type && $0.disclosure.contains("[redacted]") }
            #expect(isRedacted, "No \(type) received the key.")
        }
        let withKey = scenario.provider.requests.filter { request in
            let body = String(decoding: request.body ?? Data(), as: UTF8.self)
            return Disclosure(of: [request.url.absoluteString, body]).contains(key)
                || request.headers.fields.contains { $0.value.contains(key) }
        }
        #expect(withKey.count == scenario.provider.requests.count)
    }
}
