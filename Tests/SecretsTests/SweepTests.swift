import FetchCore
import Foundation
import SecretSearch
import Testing

/// Whatever has come into contact with the key, nobody who prints, dumps, reflects, localizes or encodes it sees the key.
struct SweepTests {
    static let ways: [Authorization] = [.bearer, .header("X-Api-Key"), .query("key"), .jsonBody("key")]

    /// Each key, and each way in turn: what a value shows doesn't depend on both.
    static let cases = CanaryKey.all.enumerated().map { ($1, ways[$0 % ways.count]) }

    @Test(arguments: cases)
    func `No value of a public type shows the key`(key: String, way: Authorization) async throws {
        let specimens = try await Encounter(key: key, way: way).specimens()
        let shown = Set(specimens.filter { $0.disclosure.shows(key) }.map(\.type))
        #expect(shown.isEmpty, "They show the key: \(shown.sorted())")
    }

    @Test(arguments: ["sk-canary-0123456789", "sk/canary+0123=="])
    func `A transport and a server show nothing of a request between them`(key: String) async throws {
        var specimens: [Specimen] = []
        for encounter in try SocketEncounter.all(key: key) { specimens += try await encounter.specimens() }
        let transports: Set = ["FetchURLSession.URLSessionTransport", "FetchCurl.CurlTransport"]
        #expect(Set(specimens.map(\.type)).isSuperset(of: transports))
        for specimen in specimens { #expect(!specimen.disclosure.shows(key), "\(specimen.type)") }
    }

    /// Those that are made of a provider's words.
    static let speaking = [
        "FetchCore.Artifact", "FetchCore.FetchAnswer", "FetchCore.FetchError", "FetchCore.FetchEvent",
        "FetchCore.FetchEvent.Kind", "FetchCore.FetchRetry", "FetchCore.FetchState", "FetchCore.FetchUpdate",
        "FetchCore.FollowUp", "FetchCore.FollowUpPlace", "FetchCore.JSONValue", "FetchCore.JobFailure",
        "FetchCore.JobOutcome", "FetchCore.JobProgress", "FetchCore.PollingURL", "FetchCore.FetchResponse",
        "FetchCore.HeaderFields", "FetchCore.HeaderFields.Field", "FetchCore.RequestBody", "ModelsLab.Generation",
        "ModelsLab.ModelsLabReply", "ModelsLabFaceSwap.FaceSwapMeta", "ModelsLabFineTune.TrainedModel",
        "ModelsLabWorkflow.WorkflowOutput", "ModelsLabWorkflow.WorkflowStep",
    ]

    @Test(arguments: [ways[0]])
    func `What is made of a provider's words heard the key, and blotted it out`(way: Authorization) async throws {
        let key = "sk-canary-0123456789"
        let encounter = Encounter(key: key, way: way)
        let specimens = try await encounter.specimens()
        for type in Self.speaking {
            let heard = specimens.contains { $0.type == type && $0.disclosure.shows("[redacted]") }
            #expect(heard, "No \(type) heard the key.")
        }
        let carried = encounter.provider.requests.filter { request in
            Disclosure(of: [request.url.absoluteString, String(decoding: request.body ?? Data(), as: UTF8.self)]).shows(
                key
            )
                || request.headers.fields.contains { $0.value.contains(key) }
        }
        #expect(carried.count == encounter.provider.requests.count)
    }
}
