import Testing

@Suite("Error codes page") struct ErrorsPageTests {
    @Test func `the page lists every error code and states whether a retry can help`() throws {
        let repository = Repository()
        let source = try repository.files(withExtension: "swift", below: ["Sources/FetchCore/Job"])
            .filter { $0.path.hasSuffix("FetchError+Code.swift") }
            .flatMap(\.lines)
        let page = try repository.files(withExtension: "md", below: ["Documentation/Errors.md"]).flatMap(\.lines)
        let codes = source.compactMap { $0.firstMatch(of: /static let (\w+) = Self\("\w+"(, retryable: true)?\)/) }
        #expect(codes.count > 20)
        for code in codes {
            let row = page.first { $0.hasPrefix("| `\(code.1)` |") }
            #expect(row != nil, "\(code.1) has no row")
            #expect(row?.hasSuffix(code.2 == nil ? "| no |" : "| may help |") == true, "\(code.1)")
        }
    }
}
