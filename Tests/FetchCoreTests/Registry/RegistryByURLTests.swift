import FetchCore
import Foundation
import TestSupport
import Testing

/// Tests of lookup by a URL such as that of `fetch_result`.
@Suite("Lookup by URL") struct RegistryByURLTests {
    private let registry: EndpointRegistry

    init() throws {
        registry = try EndpointRegistry(
            ConfigurableEndpoint<Int>(name: "integers", path: "integers/{id}"),
            ConfigurableEndpoint<String>(name: "texts", path: "texts/{id}"),
            ConfigurableEndpoint<String>(name: "paths", path: "paths/{+id}"),
            ConfigurableEndpoint<String>(name: "results", path: "results/{id}/result"),
            ConfigurableEndpoint<String>(name: "files", path: "files/{id}.json"),
            ConfigurableEndpoint<String>(name: "nested", path: "nested/{+id}/result"),
            ConfigurableEndpoint<Int>(name: "queries", path: "query/video?task_id={id}&v=2"),
            ConfigurableEndpoint<RunID>(
                name: "runs",
                path: "workflows/{workflow}/runs/{run}",
                idForm: "{workflow}/{run}"
            ),
            ConfigurableEndpoint<String>(name: "twice", path: "twice/{id}/of/{id}"),
            ConfigurableEndpoint<Int>(name: "prefixed", path: "job-{id}"),
            ConfigurableEndpoint<Int>(name: "bare", baseURL: URL(string: "http://127.0.0.1:8080")!, path: "{id}"),
            ConfigurableEndpoint<Int>(name: "body", path: "body", makeBody: { .json(["id": .integer(Int64($0))]) })
        )
    }

    @Test(arguments: [
        ("https://api.example.com/v1/integers/42", "integers:42"),
        ("https://api.example.com/v1/integers/9223372036854775807", "integers:9223372036854775807"),
        ("https://api.example.com/v1/integers/%34%32", "integers:42"),
        ("HTTPS://API.Example.COM/v1/integers/42", "integers:42"),
        ("https://api.example.com:443/v1/integers/42", "integers:42"),
        ("https://api.example.com/v1/texts/ab-12", "texts:ab-12"),
        ("https://api.example.com/v1/texts/a%20b", "texts:a b"),
        ("https://api.example.com/v1/texts/a%2Fb", "texts:a/b"),
        ("https://api.example.com/v1/texts/a:b", "texts:a:b"),
        ("https://api.example.com/v1/paths/operations/a/b", "paths:operations/a/b"),
        ("https://api.example.com/v1/paths/a", "paths:a"),
        ("https://api.example.com/v1/results/a/result", "results:a"),
        ("https://api.example.com/v1/files/a.json", "files:a"),
        ("https://api.example.com/v1/files/a.json.json", "files:a.json"),
        ("https://api.example.com/v1/nested/a/result/b/result", "nested:a/result/b"),
        ("https://api.example.com/v1/query/video?task_id=42&v=2", "queries:42"),
        ("https://api.example.com/v1/workflows/upscale/runs/7", "runs:upscale/7"),
        ("https://api.example.com/v1/twice/a/of/a", "twice:a"),
        ("https://api.example.com/v1/job-42", "prefixed:42"),
        ("http://127.0.0.1:8080/42", "bare:42"),
    ])
    func `a URL of an endpoint gives the job`(url: String, job: String) throws {
        #expect(registry.reference(for: try #require(URL(string: url)))?.description == job)
    }

    @Test(arguments: [
        "http://api.example.com/v1/integers/42",
        "ftp://api.example.com/v1/integers/42",
        "https://example.com/v1/integers/42",
        "https://evil-api.example.com/v1/integers/42",
        "https://api.example.com.evil.com/v1/integers/42",
        "https://evil.com/api.example.com/v1/integers/42",
        "https://api.example.com@evil.com/v1/integers/42",
        "https://api.example.com:444/v1/integers/42",
        "https://api.example.com:80/v1/integers/42",
        "https://api.example.com./v1/integers/42",
        "https://user@api.example.com/v1/integers/42",
        "https://user:pass@api.example.com/v1/integers/42",
        "https://@api.example.com/v1/integers/42",
        "https://api.example.com/v1/integers/42?x=1",
        "https://api.example.com/v1/integers/42?",
        "https://api.example.com/v1/integers/42#x",
        "https://api.example.com/v1/integers/42#",
        "https://api.example.com/v1/integers/42/",
        "https://api.example.com/v1/integers/42/43",
        "https://api.example.com/v1/integers//42",
        "https://api.example.com//v1/integers/42",
        "https://api.example.com/v1/integers/",
        "https://api.example.com/v1/integers",
        "https://api.example.com/v1/Integers/42",
        "https://api.example.com/integers/42",
        "https://api.example.com/v1/integers/abc",
        "https://api.example.com/v1/integers/042",
        "https://api.example.com/v1/integers/+42",
        "https://api.example.com/v1/integers/9223372036854775808",
        "https://api.example.com/v1/integers/4%2F2",
        "https://api.example.com/v1%2Fintegers/42",
        "https://api.example.com/v1/x/../integers/42",
        "https://api.example.com/v1/texts/a/b",
        "https://api.example.com/v1/texts/..",
        "https://api.example.com/v1/texts/%2e%2E",
        "https://api.example.com/v1/texts/%00",
        "https://api.example.com/v1/texts/%0A",
        "https://api.example.com/v1/texts/%ff",
        "https://api.example.com/v1/paths/a%2Fb",
        "https://api.example.com/v1/paths/a/../b",
        "https://api.example.com/v1/paths/a/%2e%2e/b",
        "https://api.example.com/v1/paths/a//b",
        "https://api.example.com/v1/paths/a/",
        "https://api.example.com/v1/results//result",
        "https://api.example.com/v1/results/a/results",
        "https://api.example.com/v1/query/video?task_id=42",
        "https://api.example.com/v1/query/video?v=2&task_id=42",
        "https://api.example.com/v1/query/video?task_id=4&v=2&v=2",
        "https://api.example.com/v1/query/video?task_id=&v=2",
        "https://api.example.com/v1/workflows/upscale/runs/x",
        "https://api.example.com/v1/workflows//runs/7",
        "https://api.example.com/v1/twice/a/of/b",
        "https://api.example.com/v1/body",
        "http://127.0.0.1/42",
        "http://127.0.0.2:8080/42",
        "http://localhost:8080/42",
        "mailto:integers/42",
        "integers/42",
    ])
    func `a URL that does not match an endpoint exactly gives no job`(url: String) throws {
        #expect(registry.reference(for: try #require(URL(string: url))) == nil)
    }

    @Test
    func `endpoints with the same template match in order of registration, if they accept the ID`()
        throws
    {
        let registry = try EndpointRegistry(
            ConfigurableEndpoint<Int>(name: "first"),
            ConfigurableEndpoint<String>(name: "second"),
            ConfigurableEndpoint<String>(name: "third")
        )
        #expect(registry.reference(for: URL(string: "https://api.example.com/v1/fetch/7")!)?.description == "first:7")
        #expect(registry.reference(for: URL(string: "https://api.example.com/v1/fetch/a")!)?.description == "second:a")
    }

    @Test func `a longer prefix is matched before a shorter one, in any order`() throws {
        let registry = try EndpointRegistry(
            ConfigurableEndpoint<String>(name: "all", path: "{+id}"),
            ConfigurableEndpoint<String>(name: "videos", path: "videos/{id}")
        )
        #expect(registry.reference(for: URL(string: "https://api.example.com/v1/videos/a")!)?.description == "videos:a")
        #expect(
            registry.reference(for: URL(string: "https://api.example.com/v1/images/a")!)?.description == "all:images/a"
        )
    }

    @Test(arguments: ["a/b c", "ü?#&", "%2e%2e", "a.json", "…", "+7"])
    func `the URL of a request gives the same job`(id: String) async throws {
        for path in ["texts/{id}", "paths/{+id}", "results/{id}/result", "files/{id}.json"] as [PathTemplate] {
            let endpoint = ConfigurableEndpoint<String>(path: path)
            let url = try #require(try await endpoint.requests(for: id).first?.url)
            #expect(try EndpointRegistry(endpoint).reference(for: url)?.id == id)
        }
    }

    @Test func `a URL of any length is matched in linear time`() throws {
        let long = "https://api.example.com/v1/paths" + String(repeating: "/a", count: 200_000)
        #expect(registry.reference(for: try #require(URL(string: long))) == nil)
    }
}
