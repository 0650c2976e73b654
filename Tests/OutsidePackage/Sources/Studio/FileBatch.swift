public import FetchCore
public import Foundation

/// Batches of a provider whose output is two files, each of which is fetched by its id.
public struct FileBatch: FetchEndpoint, Hashable {
    public let name: EndpointName = "mill.batch"
    public let provider: ProviderID = "mill"
    public let baseURL = URL(string: "https://mill.example/v1")!
    public let method = RequestMethod.get
    public let path: PathTemplate = "batches/{id}"
    public let authorization = Authorization.bearer

    public init() {}

    public func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<[Artifact]> {
        let body: JSONValue = try response.json()
        guard body["status"]?.text == "completed" else { return .pending }
        let output = try body.required("output_file_id", as: String.self)
        let errors = try body.required("error_file_id", as: String.self)
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
