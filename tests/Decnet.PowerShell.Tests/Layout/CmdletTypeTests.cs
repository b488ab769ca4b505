namespace Decnet.PowerShell.Tests.Layout;

using System.Management.Automation;
using System.Reflection;
using Decnet.PowerShell.Commands;
using Xunit;

/// <summary>What PowerShell asks of the assembly of cmdlets before any of our code runs.</summary>
public sealed class CmdletTypeTests
{
    static readonly Assembly Cmdlets = typeof(DecnetCommand).Assembly;

    public static TheoryData<Type> ExportedTypes => [.. Cmdlets.ExportedTypes];

    /// <summary>PowerShell lists the public types before it runs the initializer that makes the dependencies findable.</summary>
    [Theory]
    [MemberData(nameof(ExportedTypes))]
    public void Public_types_are_made_without_the_dependencies(Type type)
    {
        for (var current = type; current is not null && current.Assembly == Cmdlets; current = current.BaseType)
        {
            Assert.All(current.BaseType?.GetGenericArguments() ?? [], AssertNotBehind);
            Assert.All(current.GetInterfaces().SelectMany(contract => contract.GetGenericArguments().Append(contract)), AssertNotBehind);
            Assert.All(
                current.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly)
                    .Select(field => field.FieldType)
                    .Where(field => field.IsValueType)
                    .SelectMany(field => field.GetGenericArguments().Append(field)),
                AssertNotBehind);
        }
    }

    /// <summary>What the assembly refers to is looked for where other modules load theirs, so it must be ours alone.</summary>
    [Fact]
    public void Cmdlets_refer_to_the_shell_and_nothing_behind_it() =>
        Assert.Equal(
            ["Decnet.Shell"],
            Cmdlets.GetReferencedAssemblies().Select(name => name.Name!).Where(name => !name.StartsWith("System.", StringComparison.Ordinal) && name != "netstandard"));

    /// <summary>What PowerShell sees of results must not lead to assemblies that other modules may have loaded in other versions.</summary>
    [Fact]
    public void The_shell_shows_no_type_of_what_is_behind_it() =>
        Assert.Empty(
            typeof(Decnet.Shell.Flow.Fault).Assembly.ExportedTypes
                .SelectMany(type => type.GetMembers(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly))
                .Where(member => TypesOf(member).Any(IsBehind))
                .Select(member => $"{member.DeclaringType}.{member.Name}"));

    [Fact]
    public void A_cmdlet_is_named_as_its_class()
    {
        foreach (var type in Cmdlets.ExportedTypes)
        {
            // The library that cmdlets are compiled against has attributes without a memory, so the metadata is read.
            if (type.GetCustomAttributesData().FirstOrDefault(data => data.AttributeType == typeof(CmdletAttribute)) is { } cmdlet)
            {
                Assert.Equal($"{cmdlet.ConstructorArguments[0].Value}{cmdlet.ConstructorArguments[1].Value}Command", type.Name);
            }
        }
    }

    static void AssertNotBehind(Type type) => Assert.NotEqual("Decnet.Shell", type.Assembly.GetName().Name);

    static IEnumerable<Type> TypesOf(MemberInfo member) => member switch
    {
        MethodBase method => method.GetParameters().Select(parameter => parameter.ParameterType).Append((method as MethodInfo)?.ReturnType ?? typeof(void)),
        PropertyInfo property => [property.PropertyType],
        FieldInfo field => [field.FieldType],
        _ => [],
    };

    static bool IsBehind(Type type) =>
        type.Assembly.GetName().Name is { } name
            && ((name.StartsWith("Decnet.", StringComparison.Ordinal) && name != "Decnet.Shell") || name.StartsWith("Microsoft.", StringComparison.Ordinal))
        || type.GetGenericArguments().Any(IsBehind)
        || (type.HasElementType && IsBehind(type.GetElementType()!));
}
