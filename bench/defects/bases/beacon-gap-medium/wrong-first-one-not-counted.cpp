// Wrong: does not count the leftmost place as chosen.
#include <bits/stdc++.h>
using namespace std;
int main() {
    int n, k;
    scanf("%d %d", &n, &k);
    vector<int> x(n);
    for (int &p : x) scanf("%d", &p);
    int low = 0, high = x[n - 1] - x[0] + 1;
    while (high - low > 1) {
        int middle = low + (high - low) / 2, chosen = 0, last = x[0];
        for (int p : x) if (p - last >= middle) chosen++, last = p;
        (chosen >= k ? low : high) = middle;
    }
    printf("%d\n", low);
}
