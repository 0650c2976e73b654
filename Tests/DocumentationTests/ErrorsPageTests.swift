import FetchCore
import FetchJobs
import Testing

@Suite("Error codes page") struct ErrorsPageTests {
    @Test func `the page lists every error code with its number, and states whether a retry can help`() throws {
        let repository = Repository()
        let source = try repository.files(withExtension: "swift", below: ["Sources/FetchCore/Job"])
            .filter { $0.path.hasSuffix("FetchError+Code.swift") }
            .flatMap(\.lines).joined(separator: "\n")
        let page = try repository.files(withExtension: "md", below: ["Documentation/Errors.md"]).flatMap(\.lines)
        let codes = source.matches(
            of: /static let (\w+) = Self\(\s*(\d+),\s*"\w+",\s*"[^"]*"(,\s*retryable: true)?\s*\)/
        )
        #expect(codes.count == source.matches(of: /public static let\b/).count)
        #expect(codes.count >= 30)
        #expect(codes.map { String($0.1) }.sorted() == FetchError.Code.all.map(\.description).sorted())
        for code in codes {
            let row = page.first { $0.hasPrefix("| `\(code.1)` | \(code.2) |") }
            #expect(row != nil, "\(code.1) has no row with the number \(code.2)")
            #expect(row?.hasSuffix(code.3 == nil ? "| no |" : "| may help |") == true, "\(code.1)")
        }
    }

    @Test func `the page lists every code of a store's errors, and states whether a retry can help`() throws {
        let repository = Repository()
        let source = try repository.files(withExtension: "swift", below: ["Sources/FetchJobs/Store"])
            .filter { $0.path.hasSuffix("JobStoreError.swift") }
            .flatMap(\.lines).map(\.strippedOfIndentation)
        let page = try repository.files(withExtension: "md", below: ["Documentation/Errors.md"]).flatMap(\.lines)
        let names = source.prefix { !$0.hasPrefix("public var code") }.compactMap { line in
            line.hasPrefix("case ") ? String(line.dropFirst(5)) : nil
        }
        #expect(names.count == 4)
        for name in names {
            let code = try #require(JobStoreError.Code(rawValue: name))
            let row = page.first { $0.hasPrefix("| `JobStoreError.\(name)` |") }
            let end = JobStoreError(code, "").isRetryable ? "| may help |" : "| no |"
            #expect(row?.hasSuffix(end) == true, "\(name)")
        }
    }
}
