import java.util.Arrays;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.util.ArithmeticUtils;

public class Main {
    public static void main(String[] args) {
        var solver = new LUDecomposition(MatrixUtils.createRealMatrix(new double[][] {{2, 0}, {0, 3}})).getSolver();
        System.out.println(StatUtils.mean(new double[] {1, 2, 3}) + " " + ArithmeticUtils.gcd(12, 18) + " "
            + Arrays.toString(solver.solve(new ArrayRealVector(new double[] {2, 6})).toArray()));
    }
}
