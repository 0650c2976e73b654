import FetchCore
import Foundation

/// The real responses of one exchange with a provider, which are the basis of the mutations.
struct Seed: Sendable {
    /// A response, and its body as a tree if it is JSON.
    struct Response: Sendable {
        var response: FetchResponse
        var tree: JSONTree?

        init(_ response: FetchResponse) {
            self.response = response
            tree = JSONTreeReader.tree(of: Array(response.body)).map(Self.marked)
        }

        /// Replaces the links in `future_links` with links to a specific host, so that they can be recognised in the
        /// output.
        private static func marked(_ tree: JSONTree) -> JSONTree {
            guard case .object(var members) = tree else { return tree }
            for index in members.indices where members[index].name == "future_links" {
                let value = members[index].value
                for number in 0..<value.count {
                    members[index].value.change(number) { link in
                        guard case .string = link else { return }
                        link = .string("https://\(ResponseFacts.promised)/\(number).mp4")
                    }
                }
            }
            return .object(members)
        }
    }

    var responses: [Response]
}

extension Seed {
    /// Returns the fixtures of test targets: bodies of responses with HTTP status 200, including errors.
    static func bodies(in folders: [String]) throws -> [Self] {
        try folders.flatMap { try files(in: "Tests/\($0)/Fixtures", "json") }.map { body in
            Self(responses: [
                Response(FetchResponse(status: 200, headers: ["Content-Type": "application/json"], body: body))
            ])
        }
    }

    /// Returns the fixtures of an endpoint in the provider gallery: complete responses, several of them if there are
    /// follow-ups.
    static func exchanges(of endpoint: String) throws -> [Self] {
        try files(in: "Examples/Tests/ProviderGalleryTests/Fixtures/\(endpoint)", "http").compactMap { file in
            let text = String(decoding: file, as: UTF8.self)
            guard text.hasPrefix("HTTP/") else { return nil }
            return Self(responses: text.split(separator: "###\n").map { Response(response(String($0))) })
        }
    }

    private static func response(_ text: String) -> FetchResponse {
        let halves = text.split(separator: "\n\n", maxSplits: 1, omittingEmptySubsequences: false)
        let lines = halves[0].split(separator: "\n")
        var headers: HeaderFields = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            headers[String(parts[0])] = parts.count > 1 ? String(parts[1].drop { $0 == " " }) : ""
        }
        let status = lines.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 200
        return FetchResponse(status: status, headers: headers, body: Data((halves.count > 1 ? halves[1] : "").utf8))
    }

    private static func files(in folder: String, _ pathExtension: String) throws -> [Data] {
        let folder = Repository.root.appending(path: folder)
        return try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false)).sorted()
            .filter { $0.hasSuffix(".\(pathExtension)") }
            .map { try Data(contentsOf: folder.appending(path: $0)) }
    }
}
