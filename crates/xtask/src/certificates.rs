//! Certificates for the server of the tests: an authority of its own, and one that it signed for `localhost`.

use anyhow::Result;
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use std::{io::Write, os::unix::fs::OpenOptionsExt, path::Path};

/// The certificate of the authority.
pub const AUTHORITY: &str = "authority.pem";
/// The certificate of the server.
pub const CERTIFICATE: &str = "server.pem";
/// The key of the server.
pub const KEY: &str = "server.key";

/// Writes the three files into a folder.
///
/// # Errors
/// When a certificate cannot be made or a file cannot be written.
pub fn make(folder: &Path) -> Result<()> {
    let key = KeyPair::generate()?;
    let mut params = CertificateParams::new(Vec::new())?;
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.distinguished_name.push(DnType::CommonName, "authority of the tests");
    let authority = params.self_signed(&key)?;
    let issuer = Issuer::new(params, key);
    let server_key = KeyPair::generate()?;
    let mut params = CertificateParams::new(vec!["localhost".to_owned()])?;
    // Another name than the authority's, else OpenSSL takes it for one that signed itself.
    params.distinguished_name.push(DnType::CommonName, "localhost");
    let server = params.signed_by(&server_key, &issuer)?;
    std::fs::write(folder.join(AUTHORITY), authority.pem())?;
    std::fs::write(folder.join(CERTIFICATE), server.pem())?;
    // PostgreSQL refuses a key that others can read.
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(folder.join(KEY))?;
    Ok(file.write_all(server_key.serialize_pem().as_bytes())?)
}
