package import FetchCore
package import Foundation

/// Batches of a provider whose output is two files, each of which is fetched by its id.
package struct FileBatch: FetchEndpoint, Hashable {
    package let name: EndpointName = "mill.batch"
    package let provider: ProviderID = "mill"
    package let baseURL = URL(string: "https://mill.example/v1")!
    package let method = RequestMethod.get
    package let path: PathTemplate = "batches/{id}"
    package let authorization = Authorization.bearer

    package init() {}

    package func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<[Artifact]> {
        let body: JSONValue = try response.json()
        guard body["status"]?.text == "completed" else { return .pending }
        let output = try body.required("output_file_id", as: \.string)
        let errors = try body.required("error_file_id", as: \.string)
        return .followUp(
            Self.file(output) { outputs in
                .followUp(Self.file(errors) { .succeeded([outputs, $0]) })
            }
        )
    }

    private static func file(
        _ id: String,
        then next: @escaping @Sendable (Artifact) -> FetchAnswer<[Artifact]>
    ) -> FollowUp<[Artifact]> {
        FollowUp(.path("files/{file}/content", ["file": id])) { next(try Artifact($0)) }
    }
}
