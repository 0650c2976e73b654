import Testing

@Suite("Security page") struct SecurityPageTests {
    /// A reference to a test in the form `` `SuiteTests`: *test name* ``.
    struct TestReference: CustomTestStringConvertible, Sendable {
        let suite: String
        let testName: String

        var testDescription: String { "\(suite): \(testName)" }
    }

    private static let references: [TestReference] = {
        let pages = (try? Repository().files(withExtension: "md", below: ["Documentation/Security.md"])) ?? []
        return pages.flatMap { page in
            page.lines.joined(separator: "\n").matches(of: /`(\w+Tests)`: \*([^*]+)\*/).map {
                TestReference(suite: String($0.1), testName: String($0.2))
            }
        }
    }()

    private static let suites = Result { try Repository().files(withExtension: "swift", below: ["Tests"]) }

    @Test func `the page references tests`() {
        #expect(Self.references.count > 20)
    }

    @Test(arguments: references)
    func `every referenced test exists`(reference: TestReference) throws {
        let suites = try Self.suites.get().filter { $0.path.hasSuffix("/\(reference.suite).swift") }
        let suite = try #require(suites.first, "\(reference.suite).swift does not exist")
        #expect(suite.lines.contains { $0.contains("func `\(reference.testName)`") })
    }
}
