import FetchCore
import Foundation

/// An endpoint whose jobs have a status and two files, each of which takes a request.
struct BatchEndpoint: FetchEndpoint, Hashable {
    let name: EndpointName = "test.batch"
    let provider: ProviderID = "test"
    let baseURL = URL(string: "https://test.example/v1")!
    let method = RequestMethod.get
    let path: PathTemplate = "batches/{id}"
    let authorization = Authorization.none

    func answer(to id: Int, from response: FetchResponse) throws -> FetchAnswer<[String]> {
        let body: JSONValue = try response.json()
        guard body["state"] == "done" else { return .pending }
        let round = body["round"]?.integer ?? 0
        return .followUp(
            FollowUp("files/first?round={round}", round) { first in
                try first.requireSuccess()
                return .followUp(
                    FollowUp("files/second?round={round}", round) { second in
                        try second.requireSuccess()
                        return .succeeded([first, second].map { String(decoding: $0.body, as: UTF8.self) })
                    }
                )
            }
        )
    }
}

extension FollowUp {
    fileprivate init(
        _ path: PathTemplate,
        _ round: Int64,
        answer: @escaping @Sendable (FetchResponse) throws -> FetchAnswer<Output>
    ) {
        self.init(.path(path, ["round": String(round)]), answer: answer)
    }
}
