import Testing

@Suite("Links in the documentation") struct LinksTests {
    struct Link: CustomTestStringConvertible, Sendable {
        let page: String
        let target: String

        var testDescription: String { "\(page) → \(target)" }
    }

    private static let links: [Link] = {
        let pages =
            (try? Repository().files(withExtension: "md", below: ["README.md", "Documentation", "Examples"])) ?? []
        return pages.flatMap { page in
            page.lines.joined(separator: "\n").matches(of: /\]\(([^)\s]+)\)/).map {
                Link(page: page.path, target: String($0.1))
            }
        }
    }()

    @Test func `the documentation contains links`() {
        #expect(Self.links.count > 10)
    }

    @Test(arguments: links.filter { !$0.target.contains("://") })
    func `every link within the repository has an existing target`(link: Link) throws {
        let folder = link.page.split(separator: "/").dropLast().joined(separator: "/")
        let path = try #require(link.target.split(separator: "#", omittingEmptySubsequences: false).first)
        #expect(path.isEmpty || Repository().exists("\(folder)/\(path)"))
    }
}
