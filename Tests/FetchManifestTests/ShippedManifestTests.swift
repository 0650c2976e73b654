import FetchCore
import FetchManifest
import FetchTesting
import Foundation
import Testing

@Suite struct ShippedManifestTests {
    @Test func `there are at least ten`() {
        #expect(ShippedManifest.all.count >= 10)
    }

    @Test(arguments: ShippedManifest.all)
    func `each is read, and named after its file`(manifest: ShippedManifest) throws {
        let read = try EndpointManifest(contentsOf: manifest.url)
        #expect("\(read.provider).json" == manifest.url.lastPathComponent)
    }

    @Test func `all of them fit into one registry`() throws {
        let manifests = try EndpointManifests(contentsOf: ShippedManifest.all.map(\.url))
        #expect(try EndpointRegistry(manifests).names.count == ShippedManifest.all.count)
    }
}
