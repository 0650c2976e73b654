import ArgumentParser
import FetchCore
import Foundation

/// How long it takes to find an endpoint by its name, and a job by its URL.
@main
struct RegistryLookup: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "registry-lookup",
        abstract: "How long it takes to find an endpoint by its name, and a job by its URL."
    )

    @Option(help: "How many endpoints the registry holds; at least 4.")
    var endpoints = 1_000

    @Option(help: "How often all of them are looked up; the quickest round counts.")
    var rounds = 300

    func validate() throws {
        guard endpoints >= 4, rounds >= 1 else {
            throw ValidationError("Four endpoints and one round are the least that can be measured.")
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
        report("URL of nobody's", of: unknown) { registry.reference(for: $0) == nil }
    }

    private func report<Key>(_ what: String, of keys: [Key], isRight: (Key) -> Bool) {
        let clock = ContinuousClock()
        var quickest = Duration.seconds(1_000)
        var wrong = 0
        for _ in 0..<rounds {
            quickest = min(quickest, clock.measure { for key in keys where !isRight(key) { wrong += 1 } })
        }
        precondition(wrong == 0, "a look-up by \(what) found something else")
        let nanoseconds = quickest / .nanoseconds(1) / Double(keys.count)
        let rounded = (nanoseconds * 10).rounded() / 10
        print(#"{"benchmark":"registry-lookup","by":"\#(what)","endpoints":\#(endpoints),"nanoseconds":\#(rounded)}"#)
        FileHandle.standardError.write(
            Data("by \(what.padding(toLength: 20, withPad: " ", startingAt: 0)) \(rounded) ns\n".utf8)
        )
    }
}
