/// A certificate and its private key, as DER.
package struct ServerIdentity: Sendable {
    let certificate: [UInt8]
    let key: [UInt8]
}
