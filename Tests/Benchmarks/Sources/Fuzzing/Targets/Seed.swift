import FetchCore
import Foundation

/// The answers of one exchange as a provider really gives them, from which all others are made.
struct Seed: Sendable {
    /// An answer, and its body as a tree where it is JSON.
    struct Answer: Sendable {
        var response: FetchResponse
        var tree: Tree?

        init(_ response: FetchResponse) {
            self.response = response
            tree = TreeReader.tree(of: Array(response.body)).map(Self.marked)
        }

        /// Gives promised links a host of their own, so that they are known wherever they turn up.
        private static func marked(_ tree: Tree) -> Tree {
            guard case .object(var members) = tree else { return tree }
            for index in members.indices where members[index].name == "future_links" {
                let value = members[index].value
                for number in 0..<value.count {
                    members[index].value.change(number) { link in
                        guard case .string = link else { return }
                        link = .string("https://\(AnswerFacts.promised)/\(number).mp4")
                    }
                }
            }
            return .object(members)
        }
    }

    var answers: [Answer]
}

extension Seed {
    /// The fixtures of a test target: bodies of successful answers, errors with HTTP 200 among them.
    static func bodies(in folders: [String]) throws -> [Self] {
        try folders.flatMap { try files(in: "Tests/\($0)/Fixtures", "json") }.map { body in
            Self(answers: [
                Answer(FetchResponse(status: 200, headers: ["Content-Type": "application/json"], body: body))
            ])
        }
    }

    /// The fixtures of an endpoint of the gallery: whole answers, several where the result takes further requests.
    static func exchanges(of endpoint: String) throws -> [Self] {
        try files(in: "Examples/Tests/ProviderGalleryTests/Fixtures/\(endpoint)", "http").compactMap { file in
            let text = String(decoding: file, as: UTF8.self)
            guard text.hasPrefix("HTTP/") else { return nil }
            return Self(answers: text.split(separator: "###\n").map { Answer(response(String($0))) })
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

/// Where the repository is that this package is a part of.
enum Repository {
    static let root = (0..<6).reduce(URL(filePath: #filePath)) { url, _ in url.deletingLastPathComponent() }
}
