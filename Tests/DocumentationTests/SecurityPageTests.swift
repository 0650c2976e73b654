import Testing

@Suite struct SecurityPageTests {
    /// A test that the page names, as `` `SuiteTests`: *sentence* ``.
    struct Claim: CustomTestStringConvertible, Sendable {
        let suite: String
        let sentence: String

        var testDescription: String { "\(suite): \(sentence)" }
    }

    private static let claims: [Claim] = {
        let pages = (try? Repository().files(withExtension: "md", below: ["Documentation/Security.md"])) ?? []
        return pages.flatMap { page in
            page.lines.joined(separator: "\n").matches(of: /`(\w+Tests)`: \*([^*]+)\*/).map {
                Claim(suite: String($0.1), sentence: String($0.2))
            }
        }
    }()

    @Test func `the page names tests`() {
        #expect(Self.claims.count > 20)
    }

    @Test(arguments: claims)
    func `every test that the page names is there`(claim: Claim) throws {
        let suites = try Repository().files(withExtension: "swift", below: ["Tests"]).filter { file in
            file.path.hasSuffix("/\(claim.suite).swift")
        }
        let suite = try #require(suites.first, "There is no \(claim.suite).swift.")
        #expect(suite.lines.contains { $0.contains("func `\(claim.sentence)`") })
    }
}
