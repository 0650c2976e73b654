#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import FetchCore

private let responsesWithoutResult: [(name: String, response: FetchResponse)] = [
    ("HTTP 401", FetchResponse(json: #"{"message":"Invalid API key"}"#, status: 401)),
    ("HTTP 429", FetchResponse(json: #"{"message":"Rate limit exceeded"}"#, status: 429)),
    (
        "HTTP 502 with a page",
        FetchResponse(status: 502, headers: ["Content-Type": "text/html"], body: Data("<html>".utf8))
    ),
    ("HTTP 200 with an empty body", FetchResponse(status: 200)),
]

extension ConformanceRun {
    /// Responds to each follow-up request with responses that contain no result.
    func followUpViolations(_ id: Endpoint.ID) async throws -> [ConformanceViolation] {
        for fixture in fixtures {
            for step in fixture.followUps.indices {
                for (name, response) in responsesWithoutResult {
                    let responses = fixture.responses.prefix(step + 1) + [response]
                    let probe = "\(name) as the response to follow-up \(step + 1)"
                    let result = try await poll(id, Array(responses), probing: probe).result
                    switch result {
                    case .failure, .success(.pending): continue
                    case .success:
                        return [
                            ConformanceViolation(
                                .followUpErrors,
                                "\(probe) is decoded as \(result.summary()). Begin the decoding with "
                                    + "response.requireSuccess(), response.json() or Artifact(response)."
                            )
                        ]
                    }
                }
            }
        }
        return []
    }
}
