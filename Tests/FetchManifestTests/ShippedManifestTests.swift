import FetchCore
import FetchManifest
import FetchTesting
import Foundation
import Testing

@Suite("Shipped manifests") struct ShippedManifestTests {
    @Test func `there are at least ten`() {
        #expect(ShippedManifest.all.count >= 10)
    }

    @Test(arguments: ShippedManifest.all)
    func `each manifest is valid and names its provider like its file`(manifest: ShippedManifest) throws {
        let read = try EndpointManifest(contentsOf: manifest.url)
        let (file, rest) = (
            manifest.url.lastPathComponent, read.name.rawValue.dropFirst(read.provider.rawValue.count + 1)
        )
        #expect(["\(read.provider).json", "\(read.provider)-\(rest).json"].contains(file))
    }

    @Test func `all manifests can be registered in one registry`() throws {
        let manifests = try EndpointManifests(contentsOf: ShippedManifest.all.map(\.url))
        #expect(try EndpointRegistry(manifests).names.count == ShippedManifest.all.count)
    }
}
