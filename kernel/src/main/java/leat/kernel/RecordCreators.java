package leat.kernel;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.Version;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.deser.ValueInstantiator;
import tools.jackson.databind.deser.ValueInstantiators;
import tools.jackson.databind.deser.std.StdValueInstantiator;
import tools.jackson.databind.introspect.AnnotatedConstructor;

/**
 * Calls the constructors of records through a handle that was fitted once. Jackson's own way fits it at each call, which is
 * about a third of the time that reading a small event takes.
 */
final class RecordCreators extends JacksonModule {
    @Override
    public String getModuleName() {
        return "leat-record-creators";
    }

    @Override
    public Version version() {
        return Version.unknownVersion();
    }

    @Override
    public void setupModule(SetupContext context) {
        context.addValueInstantiators(new ValueInstantiators.Base() {
            @Override
            public ValueInstantiator modifyValueInstantiator(
                    DeserializationConfig config, BeanDescription.Supplier type, ValueInstantiator usual) {
                return type.getBeanClass().isRecord()
                                && usual.getClass() == StdValueInstantiator.class
                                && usual.getWithArgsCreator() instanceof AnnotatedConstructor constructor
                        ? new ByHandle((StdValueInstantiator) usual, constructor.getAnnotated())
                        : usual;
            }
        });
    }

    private static final class ByHandle extends StdValueInstantiator {
        private static final MethodType SPREAD = MethodType.methodType(Object.class, Object[].class);

        private final transient Lazy<MethodHandle> handle;

        ByHandle(StdValueInstantiator usual, Constructor<?> constructor) {
            super(usual);
            handle = Lazy.of(() -> spread(constructor));
        }

        private static MethodHandle spread(Constructor<?> constructor) {
            try {
                constructor.setAccessible(true);
                return MethodHandles.lookup()
                        .unreflectConstructor(constructor)
                        .asSpreader(Object[].class, constructor.getParameterCount())
                        .asType(SPREAD);
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(constructor.getDeclaringClass() + " cannot be constructed", e);
            }
        }

        @Override
        public @Nullable Object createFromObjectWith(DeserializationContext context, @Nullable Object[] values) {
            try {
                return (Object) handle.get().invokeExact(values);
            } catch (Throwable fault) {
                return context.handleInstantiationProblem(_valueClass, values, rewrapCtorProblem(context, fault));
            }
        }
    }
}
