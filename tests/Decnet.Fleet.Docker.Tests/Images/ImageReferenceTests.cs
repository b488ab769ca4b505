namespace Decnet.Fleet.Docker.Tests.Images;

using Decnet.Fleet.Containers;
using Decnet.Fleet.Docker.Images;

public sealed class ImageReferenceTests
{
    const string Digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("busybox", "docker.io/library/busybox:latest", "busybox:latest")]
    [InlineData("busybox:1.36", "docker.io/library/busybox:1.36", "busybox:1.36")]
    [InlineData("library/busybox", "docker.io/library/busybox:latest", "busybox:latest")]
    [InlineData("docker.io/busybox", "docker.io/library/busybox:latest", "busybox:latest")]
    [InlineData("index.docker.io/busybox", "docker.io/library/busybox:latest", "busybox:latest")]
    [InlineData("library/a/b", "docker.io/library/a/b:latest", "library/a/b:latest")]
    [InlineData("someone/thing:v1", "docker.io/someone/thing:v1", "someone/thing:v1")]
    [InlineData("registry.lan/thing", "registry.lan/thing:latest", "registry.lan/thing:latest")]
    [InlineData("registry.lan:5000/a/b-c__d.e:T_1", "registry.lan:5000/a/b-c__d.e:T_1", "registry.lan:5000/a/b-c__d.e:T_1")]
    [InlineData("localhost/thing", "localhost/thing:latest", "localhost/thing:latest")]
    [InlineData("Registry/thing", "Registry/thing:latest", "Registry/thing:latest")]
    [InlineData("[::1]:5000/thing", "[::1]:5000/thing:latest", "[::1]:5000/thing:latest")]
    [InlineData("busybox@" + Digest, "docker.io/library/busybox@" + Digest, "busybox@" + Digest)]
    [InlineData("busybox:1.36@" + Digest, "docker.io/library/busybox:1.36@" + Digest, "busybox:1.36@" + Digest)]
    public void Reference_is_completed(string text, string complete, string familiar)
    {
        ImageReference reference = ImageReference.Parse(text);

        Assert.Equal(complete, reference.ToString());
        Assert.Equal(familiar, reference.Familiar);
        Assert.Equal(reference, ImageReference.Parse(complete));
        Assert.Equal(reference, ImageReference.Parse(familiar));
    }

    [Fact]
    public void Parts_are_told_apart()
    {
        ImageReference reference = ImageReference.Parse($"registry.lan:5000/a/b:1@{Digest}");

        Assert.Equal("registry.lan:5000", reference.RegistryHost);
        Assert.Equal("a/b", reference.Repository);
        Assert.Equal("1", reference.Tag);
        Assert.Equal(Digest, reference.Digest);
        Assert.Equal("registry.lan:5000/a/b:1", reference.WithoutDigest.ToString());
        Assert.Equal("busybox:latest", ImageReference.Parse($"busybox@{Digest}").WithoutDigest.Familiar);
    }

    [Theory]
    [InlineData("", "no repository")]
    [InlineData(":1", "no repository")]
    [InlineData("registry.lan/", "no repository")]
    [InlineData("Busybox", "in lower case: 'busybox'")]
    [InlineData("busy box", "nothing else")]
    [InlineData("busybox\n", "nothing else")]
    [InlineData("busybox:1\n", "its tag")]
    [InlineData("/busybox", "nothing else")]
    [InlineData("a//b", "nothing else")]
    [InlineData("a/b/", "nothing else")]
    [InlineData("-busybox", "nothing else")]
    [InlineData("busybox-", "nothing else")]
    [InlineData("busy..box", "nothing else")]
    [InlineData("busy___box", "nothing else")]
    [InlineData("busybox:", "its tag ''")]
    [InlineData("busybox:.1", "its tag '.1'")]
    [InlineData("busybox@sha256:12", "its digest 'sha256:12'")]
    [InlineData("busybox@", "its digest ''")]
    [InlineData("-registry.lan/busybox", "not the host of a registry")]
    [InlineData("registry.lan:port/busybox", "not the host of a registry")]
    [InlineData("https://registry.lan/busybox", "not the host of a registry")]
    [InlineData("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "the id of an image")]
    public void Reference_that_breaks_the_grammar_says_where(string text, string expected)
    {
        RuntimeException exception = Assert.Throws<RuntimeException>(() => ImageReference.Parse(text));

        Assert.Equal(RuntimeError.Invalid, exception.Error);
        Assert.StartsWith($"'{text}' is not the name of an image: ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lengths_have_limits()
    {
        Assert.Equal(255, ImageReference.Parse("a/" + new string('b', 253)).Repository.Length);
        Assert.False(ImageReference.TryParse("a/" + new string('b', 254), out _, out string? error));
        Assert.Contains("255", error, StringComparison.Ordinal);
        Assert.True(ImageReference.TryParse("a:" + new string('b', 128), out _, out _));
        Assert.False(ImageReference.TryParse("a:" + new string('b', 129), out _, out _));
    }
}
