using System.Reflection;
using System.Reflection.Emit;

namespace Celadon.Tests.House;

/// <summary>What a type uses: read from its signatures and from the instructions of its methods.</summary>
internal static class References
{
    private const BindingFlags Everything = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static
        | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    /// <summary>Every member that a type and the types inside it call or touch, types among them.</summary>
    public static IEnumerable<MemberInfo> Of(Type type)
    {
        var inside = type.GetNestedTypes(Everything).SelectMany(Of);
        var declared = type.GetMembers(Everything).SelectMany(Declared);
        var bases = type.GetInterfaces().Append(type.BaseType).OfType<Type>();
        var bodies = type.GetMethods(Everything).Cast<MethodBase>().Concat(type.GetConstructors(Everything))
            .SelectMany(Instructions);
        return inside.Concat(declared).Concat(bases).Concat(bodies).SelectMany(Spread).Distinct();
    }

    /// <summary>The types among the members, each as its outermost type.</summary>
    public static IEnumerable<Type> TypesOf(Type type) =>
        Of(type).Select(member => Outermost(member as Type ?? member.DeclaringType!)).Distinct();

    /// <summary>The outermost types of an assembly that a person wrote.</summary>
    public static IEnumerable<Type> Written(Assembly assembly) => assembly.GetTypes().Where(type =>
        type is { IsNested: false, Namespace: not null } && !type.Name.Contains('<', StringComparison.Ordinal)
        && type.Namespace.StartsWith("Celadon", StringComparison.Ordinal));

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    private static IEnumerable<MemberInfo> Spread(MemberInfo member) => member switch
    {
        Type { HasElementType: true } type => Spread(type.GetElementType()!),
        Type { IsGenericParameter: true } => [],
        Type { IsConstructedGenericType: true } type =>
            type.GetGenericArguments().SelectMany(Spread).Append(type.GetGenericTypeDefinition()),
        Type type => [type],
        _ => Spread(member.DeclaringType!).Append(member),
    };

    private static IEnumerable<Type> Declared(MemberInfo member) => member switch
    {
        FieldInfo field => [field.FieldType],
        MethodInfo method => method.GetParameters().Select(p => p.ParameterType).Append(method.ReturnType),
        ConstructorInfo constructor => constructor.GetParameters().Select(p => p.ParameterType),
        _ => [],
    };

    private static IEnumerable<MemberInfo> Instructions(MethodBase method)
    {
        if (method.GetMethodBody() is not { } body) yield break;
        foreach (var local in body.LocalVariables) yield return local.LocalType;
        foreach (var token in Tokens(body.GetILAsByteArray()!))
            if (Resolve(method, token) is { } member) yield return member;
    }

    private static IEnumerable<int> Tokens(byte[] il)
    {
        for (var i = 0; i < il.Length;)
        {
            var code = il[i] == 0xFE ? Codes[unchecked((short)(0xFE00 | il[i + 1]))] : Codes[il[i]];
            i += code.Size;
            var operand = code.OperandType;
            if (operand is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok
                or OperandType.InlineType) yield return BitConverter.ToInt32(il, i);
            i += operand switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar =>
                    1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(il, i),
                _ => 4,
            };
        }
    }

    private static MemberInfo? Resolve(MethodBase method, int token)
    {
        var ofType = method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null;
        var ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
        return method.Module.ResolveMember(token, ofType, ofMethod);
    }
}
