namespace Decnet.Fleet.Swarm.Pki;

/// <summary>The kind of key that is made.</summary>
internal enum KeyAlgorithm
{
    /// <summary>ECDSA on the curve P-256.</summary>
    EcdsaP256,

    /// <summary>RSA with 3072 bits, for peers that know no elliptic curves.</summary>
    Rsa3072,
}
