import Testing

@Suite("Code samples in the documentation") struct SamplesTests {
    /// The lines of each compiled file: the samples of this target, the examples and the separate packages.
    private static let compiled: [[Substring]] = {
        let paths = ["Tests/DocumentationTests/Samples", "Examples", "Tests/OutsidePackage", "Tests/GuidePackage"]
        let files = (try? Repository().files(withExtension: "swift", below: paths)) ?? []
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

    @Test func `the documentation contains samples`() {
        #expect(Self.samples.count > 20)
        #expect(Self.compiled.count > 5)
    }

    @Test(arguments: samples)
    func `every sample is part of compiled code`(sample: Sample) {
        let isCompiled = Self.compiled.contains { $0.contains(consecutive: sample.lines) }
        #expect(isCompiled, "add the lines of the sample to a file in Tests/DocumentationTests/Samples")
    }
}

extension [Substring] {
    /// Returns true if the file contains the lines consecutively.
    fileprivate func contains(consecutive lines: [Substring]) -> Bool {
        guard let first = lines.first, lines.count <= count else { return lines.isEmpty }
        return indices.prefix(count - lines.count + 1).contains { start in
            self[start] == first && self[start..<(start + lines.count)].elementsEqual(lines)
        }
    }
}
