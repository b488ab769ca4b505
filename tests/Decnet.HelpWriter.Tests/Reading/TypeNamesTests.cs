namespace Decnet.HelpWriter.Tests.Reading;

using System.Collections;
using System.Management.Automation;
using Decnet.HelpWriter.Reading;
using Decnet.HelpWriter.Tests.Samples;
using Xunit;

public sealed class TypeNamesTests
{
    [Theory]
    [InlineData(typeof(string[]), "string[]", "string[]")]
    [InlineData(typeof(int?), "int", "int")]
    [InlineData(typeof(long[][]), "long[][]", "long[][]")]
    [InlineData(typeof(TimeSpan?), "timespan", "timespan")]
    [InlineData(typeof(SwitchParameter), "SwitchParameter", "SwitchParameter")]
    [InlineData(typeof(PSCredential), "pscredential", "pscredential")]
    [InlineData(typeof(Hashtable), "hashtable", "hashtable")]
    [InlineData(typeof(object), "Object", "System.Object")]
    [InlineData(typeof(Crate[]), "Crate[]", "Decnet.HelpWriter.Tests.Samples.Crate[]")]
    [InlineData(
        typeof(Dictionary<string, DateTimeOffset?>),
        "Dictionary[string,Nullable[DateTimeOffset]]",
        "System.Collections.Generic.Dictionary[string,System.Nullable[System.DateTimeOffset]]")]
    public void Types_are_written_as_in_the_shell(Type type, string shortName, string fullName)
    {
        Assert.Equal(shortName, TypeNames.Short(type));
        Assert.Equal(fullName, TypeNames.Full(type));
    }
}
