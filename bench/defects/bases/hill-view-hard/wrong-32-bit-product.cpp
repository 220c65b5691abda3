// Wrong: value times counts is computed in 32 bits.
#include <bits/stdc++.h>
using namespace std;
int n, h[200005];
long long part(int sign) {
    vector<int> stack = {-1};
    long long sum = 0;
    for (int i = 0; i <= n; i++) {
        while (stack.size() > 1 && (i == n || h[stack.back()] * sign < h[i] * sign)) {
            int m = stack.back();
            stack.pop_back();
            unsigned product = (unsigned)h[m] * (unsigned)(m - stack.back()) * (unsigned)(i - m);
            sum += (int)product;
        }
        stack.push_back(i);
    }
    return sum * sign;
}
int main() {
    scanf("%d", &n);
    for (int i = 0; i < n; i++) scanf("%d", h + i);
    printf("%lld\n", part(1) + part(-1));
}
