import FetchCore
import FetchTesting
import Foundation
import TestSupport
import Testing

/// Tests of registration and of lookup by name.
@Suite("Endpoint registry") struct EndpointRegistryTests {
    private func registry(_ names: EndpointName...) throws -> EndpointRegistry {
        var registry = EndpointRegistry()
        for name in names {
            let path = PathTemplate(stringLiteral: "\(name.rawValue)/{id}")
            try registry.register(ConfigurableEndpoint<Int>(name: name, path: path))
        }
        return registry
    }

    private func refusal(of endpoint: ConfigurableEndpoint<some FetchID>) throws -> FetchError {
        var registry = try registry("example.other")
        let error = #expect(throws: FetchError.self) { try registry.register(endpoint) }
        #expect(registry.names == ["example.other"])
        return try #require(error)
    }

    @Test func `an endpoint is found by its name`() throws {
        let registry = try registry("example.video", "example.audio")
        #expect(try registry.endpoint(named: "example.video").name == "example.video")
        #expect(registry.names == ["example.audio", "example.video"])
        #expect(registry.providers == ["example"])
        #expect(registry.description == "EndpointRegistry(example.audio, example.video)")
    }

    @Test(
        arguments: [
            ("example.vidoe", "Did you mean example.video?"),
            ("example.vide", "Did you mean example.video?"),
            ("video", "Did you mean example.video?"),
            ("example_video", "Did you mean example.video?"),
            ("entirely.different.words", "Registered endpoints: example.audiobooks, example.video."),
            ("", "Registered endpoints: example.audiobooks, example.video."),
        ] as [(EndpointName, String)]
    )
    func `the error for an unknown name suggests similar names`(name: EndpointName, remedy: String) throws {
        let registry = try registry("example.video", "example.audiobooks")
        let error = #expect(throws: FetchError.self) { try registry.endpoint(named: name) }
        #expect(error?.code == .unknownEndpoint)
        #expect(error?.endpoint == name)
        #expect(error?.remedy == remedy)
    }

    @Test func `the error of an empty registry says that it is empty`() {
        let error = #expect(throws: FetchError.self) { try EndpointRegistry().endpoint(named: "example.video") }
        #expect(error?.remedy == "The registry is empty: register the endpoint first.")
    }

    @Test func `the error for an unknown name of any length is one line and costs little`() {
        let name = EndpointName(stringLiteral: String(repeating: "näme\n", count: 20_000))
        let error = #expect(throws: FetchError.self) { try registry("example.video").endpoint(named: name) }
        #expect(error?.description.contains("\n") == false)
        #expect((error?.description.count ?? .max) < 600)
    }

    @Test func `a second endpoint of the same name is refused and changes nothing`() throws {
        var registry = EndpointRegistry()
        try registry.register(ConfigurableEndpoint<Int>(path: "first/{id}"))
        let error = #expect(throws: FetchError.self) {
            try registry.register(ConfigurableEndpoint<String>(path: "second/{id}"))
        }
        #expect(error?.code == .duplicateEndpoint)
        #expect(error?.endpoint == "example.jobs")
        #expect(try registry.endpoint(named: "example.jobs") is ConfigurableEndpoint<Int>)
        #expect(registry.reference(for: URL(string: "https://api.example.com/v1/second/1")!) == nil)
        #expect(registry.reference(for: URL(string: "https://api.example.com/v1/first/1")!) != nil)
    }

    static let malformedNames = [
        "", ".", "a.", ".a", "a..b", "a-", "_a", "A", "Example.video", "a b", "a:b", "a/b", "a\n", "ä", "а", "a\0",
        String(repeating: "a", count: 129),
    ]

    @Test(arguments: malformedNames)
    func `a malformed endpoint name is refused`(text: String) throws {
        let error = try refusal(of: ConfigurableEndpoint<Int>(name: EndpointName(stringLiteral: text)))
        #expect(error.code == .malformedName)
        #expect(error.message.hasSuffix("is not the name of an endpoint"))
        #expect(throws: FetchError.self) { try EndpointName(text) }
        #expect(EndpointName(rawValue: text) == nil)
    }

    @Test(arguments: malformedNames)
    func `a malformed provider name is refused`(text: String) throws {
        let error = try refusal(of: ConfigurableEndpoint<Int>(provider: ProviderID(stringLiteral: text)))
        #expect(error.code == .malformedName)
        #expect(error.message.hasSuffix("is not the name of a provider"))
        #expect(throws: FetchError.self) { try ProviderID(text) }
        #expect(ProviderID(rawValue: text) == nil)
    }

    @Test(arguments: [
        "a", "0", "a.b-c_d", "modelslab.enterprise.facegen", "11labs", String(repeating: "a", count: 128),
    ])
    func `names are words joined by single separators`(text: String) throws {
        #expect(try EndpointName(text).rawValue == text)
        #expect(try ProviderID(text).rawValue == text)
        #expect(EndpointName(rawValue: text)?.rawValue == text)
        #expect(ProviderID(rawValue: text)?.rawValue == text)
        #expect(try registry(EndpointName(text)).names == [EndpointName(text)])
    }

    @Test(arguments: [
        ("https://user:secret@api.example.com/v1", "user name"),
        ("https://user@api.example.com/v1", "user name"),
        ("https://api.example.com/v1?x=1", "query"),
        ("https://api.example.com/v1#x", "fragment"),
        ("https:///v1", "no host"),
        ("https:v1", "no host"),
        ("ftp://api.example.com/v1", "only http and https"),
        ("file:///etc/passwd", "only http and https"),
        ("/v1", "only http and https"),
        ("api.example.com/v1", "only http and https"),
    ])
    func `an invalid base URL is refused`(base: String, problem: String) throws {
        let error = try refusal(of: ConfigurableEndpoint<Int>(baseURL: URL(string: base)!))
        #expect(error.code == .refusedURL)
        #expect(error.message.contains(problem))
        #expect(error.endpoint == "example.jobs")
        #expect(!error.description.contains("secret"))
    }

    @Test func `a plugin registers all of its endpoints`() throws {
        let registry = try EndpointRegistry(
            Plugin(endpoints: [ConfigurableEndpoint<Int>(name: "a"), ConfigurableEndpoint<String>(name: "b")]),
            ConfigurableEndpoint<Int>(name: "c")
        )
        #expect(registry.names == ["a", "b", "c"])
    }

    @Test(arguments: [
        ConfigurableEndpoint<Int>(name: "a"),
        ConfigurableEndpoint<Int>(name: "Malformed"),
        ConfigurableEndpoint<Int>(path: "fetch/{id"),
        ConfigurableEndpoint<Int>(baseURL: URL(string: "ftp://api.example.com")!),
        ConfigurableEndpoint<Int>(name: "taken"),
    ])
    func `a plugin with one invalid endpoint registers none`(invalid: ConfigurableEndpoint<Int>) throws {
        var registry = try registry("taken")
        let plugin = Plugin(endpoints: [ConfigurableEndpoint<Int>(name: "a", path: "a/{id}"), invalid])
        #expect(throws: FetchError.self) { try registry.register(plugin) }
        #expect(registry.names == ["taken"])
        #expect(registry.reference(for: URL(string: "https://api.example.com/v1/a/1")!) == nil)
    }

    @Test func `a copy of a registry is independent`() throws {
        let original = try registry("a")
        var copy = original
        try copy.register(ConfigurableEndpoint<Int>(name: "b"))
        #expect(original.names == ["a"])
        #expect(copy.names == ["a", "b"])
    }
}

private struct Plugin: FetchPlugin {
    var endpoints: [any FetchEndpoint]
}
