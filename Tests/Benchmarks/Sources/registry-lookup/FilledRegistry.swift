import FetchCore
import Foundation

/// A registry with endpoints of four common URL shapes, and the names and URLs to look up in it.
struct FilledRegistry {
    /// The position and form of the id in an endpoint's URL.
    enum Shape: String, CaseIterable {
        case integer, text, query, twoValues = "two values"
    }

    private(set) var registry = EndpointRegistry()
    private(set) var names: [EndpointName] = []
    private(set) var urls: [(shape: Shape, url: URL)] = []

    init(endpoints count: Int) throws {
        for number in 0..<count {
            let base = "https://api\(number % 20).example.com/api/v\(number % 7)"
            guard let baseURL = URL(string: base) else { continue }
            let name = try EndpointName("example.family\(number)")
            let shape = Shape.allCases[number % Shape.allCases.count]
            let path: String
            switch shape {
            case .integer:
                try registry.register(
                    LookupEndpoint<Int64>(
                        name: name,
                        baseURL: baseURL,
                        path: PathTemplate("family\(number)/fetch/{id}")
                    )
                )
                path = "family\(number)/fetch/\(12_345_678 + number)"
            case .text:
                try registry.register(
                    LookupEndpoint<String>(
                        name: name,
                        baseURL: baseURL,
                        path: PathTemplate("family\(number)/{id}/status")
                    )
                )
                path = "family\(number)/5f0c2b8e-9a57-4c57-8d8e-\(100_000_000_000 + number)/status"
            case .query:
                try registry.register(
                    LookupEndpoint<String>(
                        name: name,
                        baseURL: baseURL,
                        path: PathTemplate("query/family\(number)?task_id={id}")
                    )
                )
                path = "query/family\(number)?task_id=\(7_000 + number)"
            case .twoValues:
                try registry.register(
                    LookupEndpoint<String>(
                        name: name,
                        baseURL: baseURL,
                        path: PathTemplate("family\(number)/{kind}/{task}"),
                        idForm: "{kind}/{task}"
                    )
                )
                path = "family\(number)/text2video/\(7_000 + number)"
            }
            names.append(name)
            if let url = URL(string: "\(base)/\(path)") { urls.append((shape, url)) }
        }
    }
}
