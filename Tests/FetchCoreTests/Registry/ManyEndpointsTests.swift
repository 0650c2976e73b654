import FetchCore
import Foundation
import TestSupport
import Testing

/// Tests of lookup by URL among many endpoints with common prefixes.
@Suite("Lookup by URL among many endpoints") struct ManyEndpointsTests {
    private static let registry: EndpointRegistry = {
        var registry = EndpointRegistry()
        for number in 0..<200 {
            let base = URL(string: "https://api\(number % 5).example.com/v\(number % 3)")!
            let endpoint = ConfigurableEndpoint<Int>(
                name: EndpointName(stringLiteral: "example.family\(number)"),
                baseURL: base,
                path: PathTemplate(stringLiteral: number.isMultiple(of: 2) ? "f\(number)/{id}" : "jobs/{id}/f\(number)")
            )
            try? registry.register(endpoint)
        }
        return registry
    }()

    @Test(arguments: 0..<200)
    func `each endpoint matches its own URLs and no others`(number: Int) throws {
        let path = number.isMultiple(of: 2) ? "f\(number)/\(number * 7)" : "jobs/\(number * 7)/f\(number)"
        for host in 0..<5 {
            let url = try #require(URL(string: "https://api\(host).example.com/v\(number % 3)/\(path)"))
            let expected = host == number % 5 ? "example.family\(number):\(number * 7)" : nil
            #expect(Self.registry.reference(for: url)?.description == expected)
        }
    }

    @Test func `a longer prefix is matched before a shorter one, in any order of registration`() throws {
        let wide = ConfigurableEndpoint<String>(name: "example.wide", path: "{+id}")
        let narrow = ConfigurableEndpoint<String>(name: "example.narrow", path: "jobs/fetch/{id}")
        let url = try #require(URL(string: "https://api.example.com/v1/jobs/fetch/7"))
        let other = try #require(URL(string: "https://api.example.com/v1/jobs/fetch/7/8"))
        for registry in [try EndpointRegistry(wide, narrow), try EndpointRegistry(narrow, wide)] {
            #expect(registry.reference(for: url)?.description == "example.narrow:7")
            #expect(registry.reference(for: other)?.description == "example.wide:jobs/fetch/7/8")
        }
    }

    @Test(arguments: [
        "HTTPS://API0.Example.com/v0/f0/7", "https://api0.example.com:443/v0/f0/7", "https://api0.example.com/v0/f0/7",
    ])
    func `the spelling of the origin makes no difference`(url: String) throws {
        #expect(Self.registry.reference(for: try #require(URL(string: url)))?.description == "example.family0:7")
    }
}
