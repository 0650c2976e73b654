import ArgumentParser
import FetchCore
import Foundation

/// A benchmark of lookups in a registry, of endpoints by name and of jobs by URL.
@main
struct RegistryLookup: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "registry-lookup",
        abstract: "Measures the lookup of endpoints by name and of jobs by URL."
    )

    @Option(help: "The number of endpoints in the registry; at least 4.")
    var endpoints = 1_000

    @Option(help: "The number of rounds, each of which looks up all endpoints. The fastest round counts.")
    var rounds = 300

    func validate() throws {
        guard endpoints >= 4, rounds >= 1 else {
            throw ValidationError("At least four endpoints and one round are required.")
        }
    }

    func run() throws {
        let filled = try FilledRegistry(endpoints: endpoints)
        let registry = filled.registry
        report("name", of: filled.names) { (try? registry.endpoint(named: $0)) != nil }
        report("URL", of: filled.urls.map(\.url)) { registry.reference(for: $0) != nil }
        for shape in FilledRegistry.Shape.allCases {
            let urls = filled.urls.filter { $0.shape == shape }.map(\.url)
            report("URL, \(shape.rawValue)", of: urls) { registry.reference(for: $0) != nil }
        }
        let unknown = filled.urls.map { $0.url.appending(path: "nowhere") }
        report("unknown URL", of: unknown) { registry.reference(for: $0) == nil }
    }

    private func report<Key>(_ name: String, of keys: [Key], isCorrect: (Key) -> Bool) {
        let clock = ContinuousClock()
        var fastest = Duration.seconds(1_000)
        var failures = 0
        for _ in 0..<rounds {
            fastest = min(fastest, clock.measure { for key in keys where !isCorrect(key) { failures += 1 } })
        }
        precondition(failures == 0, "a lookup by \(name) returned a wrong result")
        let nanoseconds = fastest / .nanoseconds(1) / Double(keys.count)
        let rounded = (nanoseconds * 10).rounded() / 10
        print(#"{"benchmark":"registry-lookup","by":"\#(name)","endpoints":\#(endpoints),"nanoseconds":\#(rounded)}"#)
        FileHandle.standardError.write(
            Data("by \(name.padding(toLength: 20, withPad: " ", startingAt: 0)) \(rounded) ns\n".utf8)
        )
    }
}
