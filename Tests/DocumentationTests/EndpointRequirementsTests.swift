import Testing

/// Tests that the guide and the conformance suite know all requirements of `FetchEndpoint`.
@Suite("Requirements of endpoints") struct EndpointRequirementsTests {
    private static let source = lines(of: "Sources/FetchCore/Endpoint/FetchEndpoint.swift")

    /// The declarations in the body of the protocol, without `{ get }`.
    private static let requirements: [String] = {
        let body = source.drop { !$0.hasPrefix("public protocol FetchEndpoint") }.prefix { $0 != "}" }
        return body.filter { $0.contains(#/^    (var|func|associatedtype) /#) }.map { line in
            String(line.dropFirst(4)).replacing(" { get }", with: "")
        }
    }()

    private static func lines(of path: String) -> [String] {
        let pathExtension = path.hasSuffix(".md") ? "md" : "swift"
        return (try? Repository().files(withExtension: pathExtension, below: [path]).flatMap(\.lines)) ?? []
    }

    @Test func `the protocol has requirements`() {
        #expect(Self.requirements.count >= 19)
        #expect(Self.requirements.contains("var method: RequestMethod"))
    }

    @Test(arguments: requirements)
    func `the guide shows the signature of each requirement, and whether it has a default`(requirement: String) throws {
        let page = Self.lines(of: "Documentation/AddingAnEndpoint.md")
        let row = try #require(page.first { $0.hasPrefix("| `\(requirement)` | ") })
        guard !requirement.hasPrefix("associatedtype") else { return }
        let extensions = Self.source.drop { !$0.hasPrefix("extension FetchEndpoint {") }
        let hasDefault = extensions.contains { $0.hasPrefix("    public \(requirement) {") }
        #expect(row.hasPrefix("| `\(requirement)` | none") == !hasDefault)
    }

    @Test(arguments: requirements.filter { $0.hasPrefix("var ") })
    func `the conformance suite checks the type of each property`(requirement: String) throws {
        let suite = Self.lines(of: "Sources/FetchTesting/Conformance/PropertyRequirement.swift").joined(separator: " ")
        let name = try #require(requirement.dropFirst(4).split(separator: ":").first)
        #expect(suite.contains(try Regex(#""\#(name)",\s+\\\.\#(name),"#)))
    }
}
