namespace Decnet.Fleet.Tests.Catalog;

using System.Diagnostics;
using Decnet.Fleet.Catalog;
using Xunit;

public sealed class CatalogSyntaxTests
{
    [Theory]
    [InlineData("busybox", true)]
    [InlineData("registry.lab:5000/decoys/http:1.2", true)]
    [InlineData("Busybox", false)]
    [InlineData("registry.lab:5000/", false)]
    [InlineData("a b", false)]
    public void An_image_is_a_reference(string text, bool fits) => Assert.Equal(fits, CatalogSyntax.IsImage(text));

    [Theory]
    [InlineData("a")]
    [InlineData("a-")]
    [InlineData("a.a-")]
    [InlineData("a__")]
    [InlineData("a/")]
    public void What_nearly_is_an_image_costs_little(string part)
    {
        var text = string.Concat(Enumerable.Repeat(part, 512 / part.Length))[..^1] + "!";
        var watch = Stopwatch.StartNew();

        Assert.False(CatalogSyntax.IsImage(text));

        // An exponential search would not end at all.
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }
}
