package dev.rehome.common;

import dev.rehome.common.catalog.CatalogTable;
import dev.rehome.common.catalog.Inspection;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.Callable;

/** Intercepts every call of a contract, and of every contract that such a call returns. */
public final class ContractProxy {
    /** Decides what happens around a call. */
    @FunctionalInterface
    public interface Interceptor {
        /** Makes the call, or does something else; returns the call's result. */
        Object intercept(Method method, Callable<Object> call) throws Exception;
    }

    private ContractProxy() {}

    /** The same contract, with each call intercepted. */
    public static <T> T of(Class<T> contract, T target, Interceptor interceptor) {
        return contract.cast(Proxy.newProxyInstance(
                contract.getClassLoader(), new Class<?>[] {contract}, (self, method, arguments) -> {
                    Object result = interceptor.intercept(method, () -> invoke(target, method, arguments));
                    return wrap(method.getReturnType(), result, interceptor);
                }));
    }

    /** Makes each call while holding a monitor, so that several threads can share an implementation for one. */
    public static <T> T synchronizedOn(Object monitor, Class<T> contract, T target) {
        return of(contract, target, (method, call) -> {
            synchronized (monitor) {
                return call.call();
            }
        });
    }

    private static Object invoke(Object target, Method method, Object[] arguments) throws Exception {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException thrown) {
            if (thrown.getCause() instanceof Error error) {
                throw error;
            }
            throw (Exception) thrown.getCause();
        }
    }

    private static Object wrap(Class<?> type, Object result, Interceptor interceptor) {
        if (result instanceof Inspection found) {
            return new Inspection(
                    found.table().map(table -> of(CatalogTable.class, table, interceptor)), found.findings());
        }
        boolean isContract = type.isInterface() && type.getPackageName().startsWith("dev.rehome.common");
        return isContract ? of(uncheckedCast(type), result, interceptor) : result;
    }

    @SuppressWarnings("unchecked")
    private static Class<Object> uncheckedCast(Class<?> type) {
        return (Class<Object>) type;
    }
}
