import Testing

@Suite struct SamplesTests {
    /// What the compiler sees: the samples beside this file, the examples, and the package outside.
    private static let compiled: [[Substring]] = {
        let places = ["Tests/DocumentationTests/Samples", "Examples", "Tests/OutsidePackage", "Tests/GuidePackage"]
        let files = (try? Repository().files(withExtension: "swift", below: places)) ?? []
        return files.map { $0.lines.map(\.strippedOfIndentation).filter { !$0.isEmpty } }
    }()

    private static let samples: [Sample] = {
        let repository = Repository()
        let pages =
            (try? repository.files(withExtension: "md", below: ["README.md", "Documentation", "Examples", "Sources"]))
            ?? []
        let sources = (try? repository.files(withExtension: "swift", below: ["Sources"])) ?? []
        return (pages + sources).flatMap(Sample.all(in:))
    }()

    @Test func `the documentation has samples`() {
        #expect(Self.samples.count > 20)
        #expect(Self.compiled.count > 5)
    }

    @Test(arguments: samples)
    func `every sample stands in code that is compiled`(sample: Sample) {
        let isCompiled = Self.compiled.contains { $0.contains(inOrder: sample.lines) }
        #expect(isCompiled, "put the sample into a file below Tests/DocumentationTests/Samples, line by line")
    }
}

extension [Substring] {
    /// Whether the lines stand in this file, one directly below the other.
    fileprivate func contains(inOrder lines: [Substring]) -> Bool {
        guard let first = lines.first, lines.count <= count else { return lines.isEmpty }
        return indices.prefix(count - lines.count + 1).contains { start in
            self[start] == first && self[start..<(start + lines.count)].elementsEqual(lines)
        }
    }
}
